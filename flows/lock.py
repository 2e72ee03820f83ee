"""One run at a time: a kernel lock that dies with its process."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

GLANCES, GLANCE_SECONDS = 10, 0.02


class Busy(Exception):
    """Another run holds the lock; says which."""


def holder(path: Path) -> dict[str, Any] | None:
    """Who holds the lock right now, None if nobody does. The kernel answers, not the file's text, also on a read-only disk."""
    if not path.is_file():
        return None
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return _written(file.read())
    return None


def named(holder: dict[str, Any]) -> str:
    """Who holds the lock, in words: "`wencang run` night 2026-11-22 (process 4711)"."""
    verb = [f"`wencang {holder['verb']}`"] if "verb" in holder else []
    about = [f"{name} {told}" for name, told in holder.items() if name not in ("pid", "verb")]
    return f"{' '.join([*verb, *about]) or 'a run'} (process {holder.get('pid', '?')})"


def _written(text: str) -> dict[str, Any]:
    try:
        return dict(json.loads(text))
    except ValueError:
        return {}


def _taken(file: IO[str]) -> bool:
    """Whether the lock is ours now. Whoever only asks who holds it has it for an instant: that is waited out."""
    for _ in range(GLANCES):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(GLANCE_SECONDS)
        else:
            return True
    return False


@contextmanager
def held(path: Path, **about: str) -> Generator[None]:
    """Hold the lock; raises Busy at once if another process has it."""
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+")
    with file:
        if not _taken(file):
            raise Busy(f"{named(_written(file.read()))} holds {path}")
        file.seek(0)
        file.truncate()
        file.write(json.dumps({"pid": os.getpid(), **about}))
        file.flush()
        yield
