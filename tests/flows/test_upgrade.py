"""A home of an earlier version opens and carries on; one of a later version is refused and left as it is."""

from __future__ import annotations

import errno
import io
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.conductor import performed
from flows.endings import USAGE, Trouble
from flows.history import upgrade
from flows.night import Course
from flows.reporting.progress import PlainProgress
from flows.settings import Home
from flows.work import WORKING_TABLES, opened, prepared
from tests.conftest import PROJECT, digests, night, unjudged
from warehouse import faults, layout, sealed

ARTICLES = PROJECT / "seeds" / "articles"
HOMES = Path(__file__).parent / "homes"
FIRST, SECOND = date(2026, 11, 18), date(2026, 11, 19)


@pytest.fixture(params=sorted(path.name for path in HOMES.iterdir() if path.is_dir()))
def old(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home as an earlier version left it; the judge has no part in this."""
    monkeypatch.setattr(Course, "judge_table", unjudged)
    stored, home = HOMES / str(request.param), Home(tmp_path / "home")
    home.make()
    shutil.copytree(stored / "archive", home.archive, dirs_exist_ok=True)
    with duckdb.connect(str(home.work)) as connection:
        connection.execute(f"IMPORT DATABASE '{stored / 'work'}'").fetchall()
    return home


def test_every_table_is_as_declared_afterwards(old: Home) -> None:
    with opened(old) as store:
        assert layout.version(store) == layout.VERSION
        there = upgrade.columns_there(store)
        assert [table.NAME for table in WORKING_TABLES if not upgrade.as_declared(there, table)] == []
        assert upgrade.rederive(store) == []


def test_the_next_night_is_that_of_a_home_that_was_always_new(old: Home, tmp_path: Path) -> None:
    assert night(old.root, ARTICLES / "mirror", on=SECOND).state == "published"
    for on, folder in ((FIRST, "chengjiang"), (SECOND, "mirror")):
        night(tmp_path / "new", ARTICLES / folder, on=on)
    assert digests(old.root, *sealed.VOLATILE_TABLES) == digests(tmp_path / "new", *sealed.VOLATILE_TABLES)


def test_an_upgrade_on_a_full_disk_is_done_again(old: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as failing:
        failing.setattr(faults, "_armed", [])
        faults.arm("upgrade:commit", "ENOSPC")
        with pytest.raises(OSError, match="No space") as caught:
            prepared(old.work)
        assert caught.value.errno == errno.ENOSPC
    with opened(old) as store:
        assert layout.version(store) == layout.VERSION


def test_a_home_of_a_later_version_is_refused(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with opened(home) as store:
        layout.note(store, layout.VERSION + 1)
    before = home.work.read_bytes()

    def never(*_: object) -> Any:
        raise AssertionError("nothing may begin")

    with pytest.raises(Trouble, match="knows layouts up to") as caught:
        performed(home, lambda: never, PlainProgress(io.StringIO()), never)
    assert caught.value.code == USAGE
    assert home.work.read_bytes() == before


def test_migrations_are_numbered_without_a_gap() -> None:
    assert [int(path.name[:4]) for path in layout.MIGRATIONS] == list(range(1, layout.VERSION + 1))
