"""The release readers see, opened for the verbs that ask it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from flows.endings import NO_INPUT, Trouble
from flows.settings import Home
from warehouse import sealed, shelf


def warehouse(home: Home) -> Path:
    """The file readers open. Raises Trouble before the first release."""
    path = home.current / shelf.FILE
    if not path.exists():
        raise nothing_yet(home)
    return path


def nothing_yet(home: Home) -> Trouble:
    """What a verb ends with that needs a release where there is none."""
    return Trouble(NO_INPUT, f"nothing is published in {home.root} yet; `wencang run` first")


@contextmanager
def reading(home: Home) -> Generator[sealed.Reader]:
    """The current release, open for reading. Raises Trouble before the first one."""
    reader = sealed.Reader(warehouse(home))
    try:
        yield reader
    finally:
        reader.close()
