"""How a night tells of itself: pages, progress, logs, metrics, messages."""
