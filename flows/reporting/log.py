"""What a verb says on standard error: text for people, or one JSON object a line for whoever collects logs."""

from __future__ import annotations

import json
import os
import sys
from typing import Any, TextIO

from flows.settings import now_utc

FORMATS = ("text", "json")
# In the environment, so that the processes a schedule begins say it the same way.
VARIABLE = "WENCANG_LOG_FORMAT"


def is_json() -> bool:
    """Whether JSON lines are wanted."""
    return os.environ.get(VARIABLE) == "json"


def event(name: str, **told: Any) -> str:
    """One event as one line: when, what, by which process, and what is told of it."""
    head = {"at_utc": f"{now_utc().isoformat(timespec='milliseconds')}Z", "event": name, "process": os.getpid()}
    return json.dumps(head | told, ensure_ascii=False, default=str)


def say(name: str, text: str, stream: TextIO | None = None, **told: Any) -> None:
    """Tell of an event in the form that is wanted: as text it is `text` alone."""
    put(event(name, **told, text=text) if is_json() else text, stream or sys.stderr)


def put(line: str, stream: TextIO) -> None:
    """One line, at once. A night needs nobody who listens: a stream that cannot be written to any more is let go."""
    try:
        print(line, file=stream, flush=True)
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
