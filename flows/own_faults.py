"""Faults of our own: what was raised is told from what is no fault of the code, and by a number of its own."""

from __future__ import annotations

import hashlib
import traceback
from pathlib import Path

import polars as pl

from flows import stopping
from flows.endings import OutOfHands, first_line

# Row of seeds/reason_codes.csv.
REASON = "internal_fault"
# Polars panics with what is no Exception: to whoever brought the text it is all the same.
RAISED = (Exception, pl.exceptions.PanicException)
ROOT = Path(__file__).resolve().parents[1]
# Where the code lies that knows what texts and files mean: the last of it on the way is where a fault is.
MEANING = (str(ROOT / "transforms"), str(ROOT / "flows" / "readers"))


def is_ours(error: BaseException) -> bool:
    """Whether what was raised is a fault of the code: no stop, no lack of memory, disk or worker, however it is wrapped."""
    stopping.raise_if_asked()
    link: BaseException | None = error
    while link is not None:
        if isinstance(link, MemoryError | OSError | OutOfHands):
            return False
        link = link.__cause__ or link.__context__
    return True


def described(error: BaseException) -> str:
    """`fault 1a2b3c4d at transforms/dates.py:33 in events: IndexError: …`: the same digits are the same fault."""
    stack = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in stack if frame.filename.startswith(MEANING)] or stack[-1:]
    way = [type(error).__name__, *(f"{Path(frame.filename).name} {frame.name}" for frame in ours)]
    number = hashlib.sha256("\x1f".join(way).encode()).hexdigest()[:8]
    last = Path(ours[-1].filename)
    place = last.relative_to(ROOT) if last.is_relative_to(ROOT) else last.name
    return (
        f"fault {number} at {place}:{ours[-1].lineno} in {ours[-1].name}: {type(error).__name__}: {first_line(error)}"
    )
