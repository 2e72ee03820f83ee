"""Named places where a test may let a run die or the disk fail. Nothing happens unless a test has armed one."""

from __future__ import annotations

import errno
import os
import signal
from dataclasses import dataclass

KILL = "kill"


@dataclass(slots=True)
class _Armed:
    """The place, what happens there, and how many times it is passed first."""

    name: str
    what: str
    after: int


_armed: list[_Armed] = []
passed: list[str] = []


def arm(name: str, what: str = KILL, after: int = 0) -> None:
    """At the place `name`, once it has been passed `after` times: die, or fail with the errno called `what`."""
    _armed.append(_Armed(name, what, after))


def point(name: str) -> None:
    """A place where a run may end. Raises OSError if a test wants the disk to fail here."""
    if not _armed:
        return
    passed.append(name)
    for armed in _armed:
        if armed.name == name and passed.count(name) > armed.after:
            if armed.what == KILL:
                os.kill(os.getpid(), signal.SIGKILL)
            number = int(getattr(errno, armed.what))
            raise OSError(number, os.strerror(number), name)
