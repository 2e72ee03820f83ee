"""How the command ends: exit codes, the ending that is not a bug, one JSON document on stdout."""

from __future__ import annotations

import json
import sys
from typing import Any

OK, BUG, USAGE, BLOCKED, IO, NO_INPUT, BUSY = 0, 1, 2, 3, 4, 5, 75


class Trouble(Exception):
    """An ending that is not a bug: what went wrong, why, and the command that helps."""

    def __init__(self, code: int, message: str):
        """`code` is the exit code."""
        self.code = code
        super().__init__(message)


class OutOfHands(Exception):
    """Whoever works for a night is gone or does not come: the machine is at fault, not wencang; says what helps."""


def emit(document: Any) -> None:
    """One JSON document on stdout, its characters escaped where the stream has not all of them."""
    is_ascii = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    print(json.dumps(document, ensure_ascii=is_ascii, indent=2, default=str))


def failure(error: OSError) -> str:
    """What the operating system would not do, and to which file."""
    told = error.strerror or first_line(error, width=500)
    return f"{told}: {error.filename}" if error.filename else told


def first_line(error: BaseException, width: int = 200) -> str:
    """What an error says, in one line that fits a message."""
    return (str(error).strip() or type(error).__name__).splitlines()[0][:width]
