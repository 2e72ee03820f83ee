"""Held-back rows go through again once the rules have changed; under the same rules nothing happens."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.history import forgetting, replay
from flows.intake import sources
from flows.night import Course
from flows.pipeline import PIPELINE
from flows.settings import Home
from flows.work import opened
from tests.conftest import NIGHT, PROJECT, Ask, night, unjudged

ARTICLES = PROJECT / "seeds" / "articles"
FATES = "select file_name, fate, reason_code from meta.ledger order by all"


def replayed(home: Path, reason: str | None = None) -> replay.Replay:
    place = Home(home)
    with opened(place) as store:
        one = replay.Replay(place, NIGHT, reason, store, sources.declared(place))
        for _, step in one.steps():
            step()
        return one


@pytest.fixture(scope="module")
def one_night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that holds back a page of links, an article that is published beside it."""
    home = tmp_path_factory.mktemp("replay") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Course, "judge_table", unjudged)
        night(home, ARTICLES / "mirror" / "link-pool.txt", ARTICLES / "haijia" / "rice-robot.txt")
    return home


@pytest.fixture
def home(one_night: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it; the judge has no part in this."""
    monkeypatch.setattr(Course, "judge_table", unjudged)
    return Path(shutil.copytree(one_night, tmp_path / "home", symlinks=True))


def test_under_the_same_rules_nothing_changes(home: Path, ask: Callable[[Path], Ask]) -> None:
    before = ask(home)(FATES)
    first = replayed(home)
    assert (first.replayed, first.moved_on, first.outcome.state) == (1, 0, "unchanged")
    second = replayed(home)
    assert (second.replayed, second.moved_on, second.outcome.state) == (0, 0, "unchanged")
    assert ask(home)(FATES) == before
    assert {row["fate"] for row in before} == {"published", "quarantined"}


def test_rules_of_the_home_are_rules_too(home: Path) -> None:
    assert replayed(home).replayed == 1
    (home / "furniture.csv").write_text("source_id,line\nadhoc,——本栏目由读者供稿——\n", encoding="utf-8")
    assert replayed(home).replayed == 1
    assert replayed(home).replayed == 0


def test_a_reason_picks_its_rows(home: Path) -> None:
    assert replayed(home, "mojibake").replayed == 0
    assert replayed(home, "no_han_body").replayed == 1


def wrongly_held(home: Path) -> None:
    """As if an older rule had held back the article that is published: its document has no clean form."""
    with opened(Home(home)) as store, store.transaction():
        store.execute(
            "insert into ops.quarantine select 'Q-older', 'clean', 'no_han_body', 'quarantined', null, document_id,"
            " source_id, null, null, night, null from core.clean_documents"
        )
        store.execute("delete from core.clean_documents")


def test_a_row_the_rules_no_longer_hold_back_moves_on(home: Path, ask: Callable[[Path], Ask]) -> None:
    before = ask(home)(FATES)
    wrongly_held(home)
    one = replayed(home)
    assert (one.replayed, one.moved_on, one.outcome.state) == (2, 1, "published")
    assert ask(home)(FATES) == before
    assert replayed(home).replayed == 0


def test_what_was_said_of_two_documents_goes_whichever_of_them_is_taken_up_again(home: Path) -> None:
    place, compare = Home(home), next(stage for stage in PIPELINE if stage.name == "compare")
    with opened(place) as store:
        store.execute(
            """
            insert into core.pairs (document_id, other_document_id, is_copy, is_reversed, jaccard, containment)
            values ('a', 'b', false, false, 0, 0), ('b', 'c', false, false, 0, 0), ('a', 'c', false, false, 0, 0)
            """
        )
        store.execute("create temp table replayed as select 'clean' as stage, 'b' as unit_id")
        forgetting.forget_stage(store, compare, "clean")
        assert store.rows("select document_id, other_document_id from core.pairs") == [("a", "c")]
