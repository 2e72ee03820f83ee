"""When a table does not hold as a whole: nothing is published, readers stay, the evidence is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.endings import USAGE, Trouble
from flows.night import Course, GateClosed
from tests.conftest import judging_one, night, unjudged
from transforms.tables import core
from warehouse import shelf

OPENING = "清晨的渡口起了薄雾，摆渡人老郑把最后一班船靠上石阶。"
BODY = "对岸的新桥今天通车，汽车开过去只要两分钟。镇政府说，渡船将送进河边的小博物馆，船票的样张也一并收藏。"
ARTICLE = f"渡口的最后一班船\n\n{OPENING}\n\n{BODY}\n"
GATE = """
table: core.clean_documents
expectations:
  - no_rows: "select document_id from {batch} where title_original like '%水库%'"
    severity: fail
    why: reservoirs are published by hand
"""


def test_a_broken_table_keeps_readers_on_the_last_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Course, "judge_table", judging_one(core.CleanDocument))
    home, inbox = tmp_path / "home", tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "ferry.txt").write_text(ARTICLE, encoding="utf-8")
    assert night(home, inbox).fates == {"published": 1}
    before = shelf.current_id(home / "current")

    (home / "expectations").mkdir()
    (home / "expectations" / "gate.yaml").write_text(GATE, encoding="utf-8")
    (inbox / "dam.txt").write_text(ARTICLE.replace("渡口的最后一班船", "水库今日开闸放水"), encoding="utf-8")
    with pytest.raises(GateClosed, match="reservoirs are published by hand"):
        night(home, inbox)
    assert shelf.current_id(home / "current") == before

    (home / "expectations" / "gate.yaml").unlink()
    outcome = night(home, inbox)
    assert outcome.state == "published"
    assert sum(outcome.fates.values()) == 1


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (GATE.replace("core.clean_documents", "core.clean_document"), "did you mean 'core.clean_documents'"),
        (GATE.replace("severity", "severe"), "gate.yaml: 'severity' is missing"),
    ],
)
def test_an_expectation_that_cannot_be_used_is_wrong_use(tmp_path: Path, written: str, told: str) -> None:
    (tmp_path / "ferry.txt").write_text(ARTICLE, encoding="utf-8")
    own = tmp_path / "home" / "expectations"
    own.mkdir(parents=True)
    (own / "gate.yaml").write_text(written, encoding="utf-8")
    with pytest.raises(Trouble, match=told) as caught:
        night(tmp_path / "home", tmp_path / "ferry.txt")
    assert caught.value.code == USAGE


def test_the_same_input_again_publishes_nothing_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Course, "judge_table", unjudged)
    home, inbox = tmp_path / "home", tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "ferry.txt").write_text(ARTICLE, encoding="utf-8")
    first = night(home, inbox)
    again = night(home, inbox)
    assert (again.state, again.release_id, again.fates) == ("unchanged", first.release_id, {})
    assert shelf.listed(home / "releases") == [first.release_id]
