"""A night may die anywhere: readers see the old release or the new one, and running again ends where it would have."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import duckdb
import pytest

from flows import publication
from flows.intake import sources
from flows.night import Course
from flows.pipeline import PIPELINE
from flows.settings import Home
from flows.work import opened
from tests.conftest import Command
from tests.faults.conftest import SECOND, Base, release_of, tables
from tests.faults.zygote import Zygote
from warehouse import shelf

STAGES = [
    "ingest:archive", "ingest:commit", "ingest:committed",
    *(f"{s.name}:{at}" for s in PIPELINE for at in (("commit", "committed") if s.unit else ("commit",))),
]  # fmt: skip
BUILDING = [
    "publish:begin", "publish:attached", "publish:filled", "publish:checkpoint", "publish:checkpointed",
    "publish:detached", "publish:described", "publish:fsync", "publish:rename", "publish:renamed", "publish:flip",
]  # fmt: skip
FLIPPED = ["publish:flip-fsync", "publish:flipped"]
# What every push is tested with; `make test-long` goes through all of them.
SOME_STAGES = ["ingest:commit", "decode:committed", "clean:commit", "deduplicate:commit", "tokenise:committed"]
SOME_ERRORS = ["clean:commit", "publish:filled", "publish:fsync", "publish:rename", "publish:flip"]


def died_at(zygote: Zygote, base: Base, home: Path, point: str) -> None:
    """Let the second night die at a point; readers stay with the first, or have the second."""
    before = release_of(home)
    assert zygote.night(home, *base.delivery, on=SECOND, faults=[(point, "kill", 0)]).signal == signal.SIGKILL, point
    assert (release_of(home) != before) == (point in FLIPPED), point
    tables(home)


def converges(zygote: Zygote, base: Base, home: Path) -> None:
    """Running again gives what an uninterrupted night gives, without doing any chunk twice."""
    assert zygote.night(home, *base.delivery, on=SECOND).state in ("published", "unchanged")
    assert tables(home) == base.tables
    assert not list((home / "releases").glob(".building*"))


def test_a_night_that_dies_again_and_again_gets_there(zygote: Zygote, base: Base, home: Path) -> None:
    for point in [*SOME_STAGES, *BUILDING, FLIPPED[0]]:
        died_at(zygote, base, home, point)
    again = zygote.night(home, *base.delivery, on=SECOND)
    assert again.state == "unchanged"
    assert tables(home) == base.tables
    assert not list((home / "releases").glob(".building*"))


@pytest.mark.slow
@pytest.mark.parametrize("point", [*STAGES, *BUILDING, *FLIPPED])
def test_a_night_that_dies_anywhere_gets_there(point: str, zygote: Zygote, base: Base, home: Path) -> None:
    died_at(zygote, base, home, point)
    converges(zygote, base, home)


def test_a_first_night_that_dies_at_once_leaves_a_home_that_answers(
    zygote: Zygote, base: Base, tmp_path: Path, said: Command
) -> None:
    home = tmp_path / "home"
    for point in ("home:made", "ingest:archive"):
        assert zygote.night(home, *base.delivery, on=SECOND, faults=[(point, "kill", 0)]).signal == signal.SIGKILL
        told = said("status", "--json", home=home).document
        assert (told["running"], told["release_id"]) == (None, None)
        assert (told["last_run"] or {}).get("state") == (None if point == "home:made" else "died")
    assert zygote.night(home, *base.delivery, on=SECOND).state == "published"
    assert not list(home.glob("*.part*"))


def test_whoever_publishes_second_is_fenced_off(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a disk whose locks do not hold: another run turns readers to its release while this one builds."""
    place, first = Home(home), release_of(home)
    other = Path(shutil.copytree(first, first.with_name(f"{first.name}x"), symlinks=True))

    def overtaken(*_: object) -> None:
        shelf.flip(place.current, other.name)

    monkeypatch.setattr(publication, "build", overtaken)
    with opened(place) as store:
        course = Course(place, SECOND, [], store, sources.declared(place))
        with pytest.raises(publication.Fenced):
            publication.publish(course)
    assert release_of(home) == other


def fails_at(zygote: Zygote, base: Base, home: Path, point: str, error: str) -> None:
    """Let the disk fail at a point: the night says so, readers are left where they were."""
    before = release_of(home)
    ending = zygote.night(home, *base.delivery, on=SECOND, faults=[(point, error, 0)])
    assert ending.signal == 0
    assert ending.error is not None
    assert "OSError: [Errno" in ending.error.splitlines()[-1]
    assert release_of(home) == before
    assert not list((home / "releases").glob(".building*")), "what is half built takes room on a full disk"
    tables(home)


def test_a_night_on_a_failing_disk_gets_there(zygote: Zygote, base: Base, home: Path) -> None:
    for point, error in zip(SOME_ERRORS, ["ENOSPC", "EIO", "EIO", "ENOSPC", "EIO"], strict=True):
        fails_at(zygote, base, home, point, error)
    converges(zygote, base, home)


@pytest.mark.slow
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
@pytest.mark.parametrize("point", [*STAGES, *BUILDING])
def test_a_night_on_a_disk_that_fails_anywhere_gets_there(
    point: str, error: str, zygote: Zygote, base: Base, home: Path
) -> None:
    fails_at(zygote, base, home, point, error)
    converges(zygote, base, home)


def test_a_finished_chunk_is_never_done_again(zygote: Zygote, base: Base, home: Path) -> None:
    small = 2_000
    zygote.night(home, *base.delivery, on=SECOND, faults=[("clean:committed", "kill", 2)], chunk_bytes=small)
    with duckdb.connect(str(home / "work.duckdb"), read_only=True) as connection:
        rows = connection.execute(
            "select count(*) from ops.done where stage = 'clean'"
            " and unit_id in (select document_id from raw.documents where night = $night)",
            {"night": SECOND},
        ).fetchall()
    finished = int(rows[0][0])
    again = zygote.night(home, *base.delivery, on=SECOND, chunk_bytes=small)
    assert 0 < finished < base.rows_in["clean"]
    assert again.rows_in["ingest"] == again.rows_in["decode"] == 0
    assert again.rows_in["clean"] == base.rows_in["clean"] - finished
    assert tables(home) == base.tables
