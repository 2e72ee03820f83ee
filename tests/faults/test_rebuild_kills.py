"""A rebuild may die anywhere: the working database is the old one or the new one, and saying it again gets there."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.faults.conftest import SECOND, Base, release_of, tables
from tests.faults.zygote import Zygote

BEFORE = ["ingest:commit", "clean:committed", "rebuild:books", "rebuild:swap"]
AFTER = ["rebuild:swapped", "publish:filled", "publish:flip"]


@pytest.fixture
def rebuilt(zygote: Zygote, base: Base, home: Path) -> Path:
    """A home after both nights."""
    assert zygote.night(home, *base.delivery, on=SECOND).state == "published"
    return home


@pytest.mark.slow
def test_a_rebuild_that_dies_again_and_again_gets_there(zygote: Zygote, base: Base, rebuilt: Path) -> None:
    before = release_of(rebuilt)
    for point in [*BEFORE, *AFTER]:
        ending = zygote.night(rebuilt, on=SECOND, rebuild=True, faults=[(point, "kill", 0)])
        assert ending.signal == signal.SIGKILL, point
        assert release_of(rebuilt) == before, point
        assert tables(rebuilt) == base.tables, point
    assert zygote.night(rebuilt, on=SECOND, rebuild=True).state == "published"
    assert tables(rebuilt) == base.tables
    assert release_of(rebuilt) != before
    assert not list(rebuilt.glob("*rebuilding*"))


def test_a_night_after_a_rebuild_that_died_carries_on(zygote: Zygote, base: Base, rebuilt: Path) -> None:
    for point, state in (("clean:committed", "unchanged"), ("rebuild:swapped", "published")):
        zygote.night(rebuilt, on=SECOND, rebuild=True, faults=[(point, "kill", 0)])
        assert zygote.night(rebuilt, *base.delivery, on=SECOND).state == state, point
        assert tables(rebuilt) == base.tables
        assert not list(rebuilt.glob("*rebuilding*"))
