"""The release readers see, and the working database behind it, opened for the verbs that ask them."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from flows import lock
from flows.endings import BUSY, IO, NO_INPUT, Trouble
from flows.settings import Home
from warehouse import sealed, shelf


def warehouse(home: Home) -> Path:
    """The file readers open. Raises Trouble before the first release, and where its file is lost."""
    if (current := shelf.current_id(home.current)) is None:
        raise nothing_yet(home)
    path = home.current / shelf.FILE
    if not path.exists():
        raise Trouble(IO, f"{path} is not there, though {current} is what readers see; see `wencang doctor`")
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


def no_runs_yet(home: Home) -> Trouble:
    """What a verb ends with that needs the working database where there is none, or none any more."""
    if shelf.folders(home.releases):
        return Trouble(IO, f"{home.work} is missing, and a release is published; see `wencang doctor`")
    return Trouble(NO_INPUT, f"{home.root} has no runs yet; `wencang run` first")


def free(home: Home) -> None:
    """Raises Trouble while a run is at work."""
    if (holder := lock.holder(home.lock)) is not None:
        raise Trouble(BUSY, f"{lock.named(holder)} is at work; ask again when it is done")


@contextmanager
def working(home: Home) -> Generator[sealed.Reader]:
    """The working database, open for reading. Raises Trouble before the first run, and while one holds it."""
    free(home)
    if not home.work.exists():
        raise no_runs_yet(home)
    try:
        reader = sealed.Reader(home.work)
    except sealed.Unreadable:
        # By now one may have begun.
        free(home)
        raise
    try:
        yield reader
    finally:
        reader.close()
