"""What arrives: sources, what they bring tonight, bytes into records."""
