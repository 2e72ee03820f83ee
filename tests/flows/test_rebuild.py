"""Everything once more from the archive: the home a fresh one would be, and nothing happens until it is whole."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from flows import readers
from flows.endings import Trouble
from flows.history.rebuild import Rebuild
from flows.intake import sources
from flows.intake.archive import PACKS, outer
from flows.night import Course, GateClosed
from flows.settings import Home
from flows.work import opened
from tests.conftest import PROJECT, Ask, digests, night, unjudged
from warehouse import sealed, shelf

ARTICLES = PROJECT / "seeds" / "articles"
FIRST, SECOND = date(2026, 11, 18), date(2026, 11, 19)


@pytest.fixture(scope="module")
def two_nights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after two nights: files, a packed file, two that are none; a file of the first night given again."""
    folder = tmp_path_factory.mktemp("rebuild")
    with ZipFile(folder / "packed.zip", "w") as packed:
        packed.write(min((ARTICLES / "hongkong").glob("*.txt")), "deep/article.txt")
    (folder / "nothing.txt").write_bytes(b"")
    (folder / "notice.dat").write_text("通知\n\n图书馆明天上午九点开门，请大家带好借书证。", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Course, "judge_table", unjudged)
        night(folder / "home", ARTICLES / "chengjiang", folder / "packed.zip", on=FIRST)
        night(
            folder / "home",
            ARTICLES / "mirror",
            folder / "nothing.txt",
            folder / "notice.dat",
            ARTICLES / "chengjiang",
            on=SECOND,
        )
    return folder / "home"


@pytest.fixture
def home(two_nights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setattr(Course, "judge_table", unjudged)
    return Home(Path(shutil.copytree(two_nights, tmp_path / "home", symlinks=True)))


def rebuilt(home: Home) -> Rebuild:
    with opened(home) as store:
        course = Rebuild(home, store, sources.declared(home), 1)
        try:
            for _, step in course.steps():
                step()
        except BaseException:
            course.finish()
            raise
        return course


def spoiled(home: Home) -> None:
    """As if the rules of yesterday had cut and counted otherwise."""
    with opened(home) as store, store.transaction():
        store.execute("update core.clean_documents set title_original = 'x' || title_original")
        store.execute("update core.canonical_documents set title_hans = 'x' || title_hans")
        store.execute("update ops.done set reference_digest = 'older'")


def test_a_rebuilt_home_is_a_fresh_one_and_the_next_night_carries_on(home: Home) -> None:
    before = digests(home.root, *sealed.VOLATILE_TABLES)
    spoiled(home)
    assert rebuilt(home).outcome.state == "published"
    assert digests(home.root, *sealed.VOLATILE_TABLES) == before
    assert sealed.verify(home.releases / str(shelf.current_id(home.current))) == []
    assert not home.rebuilding.exists()
    with opened(home) as store:
        assert store.rows("select count(*) from ops.done where reference_digest = 'older'") == [(0,)]
        states = store.rows("select state from ops.runs order by started_at_utc")
    assert states == [("published",)] * 3
    assert night(home.root, ARTICLES / "chengjiang", on=SECOND).state == "unchanged"
    assert night(home.root, ARTICLES / "haijia", on=date(2026, 11, 20)).state == "published"


def test_a_rebuild_whose_gate_is_closed_changes_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    before, release = digests(home.root, *sealed.VOLATILE_TABLES), shelf.current_id(home.current)

    def closed(self: Course, stage: str, table: object) -> None:
        if stage == "summarise":
            raise GateClosed(stage, ())

    monkeypatch.setattr(Course, "judge_table", closed)
    with pytest.raises(GateClosed):
        rebuilt(home)
    assert shelf.current_id(home.current) == release
    assert not home.rebuilding.exists()
    monkeypatch.setattr(Course, "judge_table", unjudged)
    assert night(home.root, ARTICLES / "chengjiang", on=SECOND).state == "unchanged"
    assert digests(home.root, *sealed.VOLATILE_TABLES) == before


def test_an_archive_that_is_not_whole_is_no_ground_to_build_on(home: Home) -> None:
    [*_, lost] = sorted((home.archive / PACKS).glob("*"))
    lost.unlink()
    with pytest.raises(Trouble, match="lacks 4 files"), opened(home) as store:
        Rebuild(home, store, sources.declared(home), 1)


def test_rejected_files_are_read_under_the_rules_of_today_and_stay_rejected_where_their_bytes_are_gone(
    home: Home, monkeypatch: pytest.MonkeyPatch, ask: Callable[[Path], Ask]
) -> None:
    query = "select file_name from ops.quarantine where stage = 'ingest' order by all"
    with opened(home) as store:
        assert store.rows(query) == [("nothing.txt",), ("notice.dat",)]
    empty = hashlib.sha256(b"").hexdigest()
    (home.archive / empty[:2] / empty).unlink()
    monkeypatch.setitem(readers.BY_ENDING, ".dat", "text")
    assert rebuilt(home).outcome.state == "published"
    with opened(home) as store:
        assert store.rows(query) == [("nothing.txt",)]
        assert store.rows("select count(*) from raw.records where file_name = 'notice.dat'") == [(1,)]
    told = ask(home.root)("select fate, reason_code, night from meta.ledger where file_name = 'nothing.txt'")
    assert told == [{"fate": "rejected_file", "reason_code": "empty_file", "night": SECOND}]


def test_what_lies_in_an_archive_is_read_from_it(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_text("文", encoding="utf-8")
    with ZipFile(tmp_path / "packed", "w") as packed:
        packed.write(plain, "b.txt")
    assert outer("in/a.zip/deep/b.txt", tmp_path / "packed") == "in/a.zip"
    assert outer("a.zip/b.txt", plain) == "a.zip/b.txt"
    assert outer("b.txt", plain) == "b.txt"
