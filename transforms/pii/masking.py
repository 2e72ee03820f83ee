"""What may be shown of a personal datum: enough to recognise one's own, never the value."""

from __future__ import annotations

# How many characters of the normalised value stay readable at its head and tail.
READABLE = {"phone": (3, 2), "qq": (1, 1), "wechat_id": (1, 1), "id_card": (3, 1), "bank_card": (0, 4)}
STARS = "***"


def masked(kind: str, value: str) -> str:
    """The normalised `value` with its middle starred; an e-mail keeps its domain."""
    if kind == "email":
        local, _, domain = value.partition("@")
        return f"{local[0] if len(local) > 1 else ''}{STARS}@{domain}"
    head, tail = READABLE[kind] if len(value) > 8 else (1, 1)
    return value[:head] + STARS + value[len(value) - tail :]
