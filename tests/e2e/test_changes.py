"""Change over several nights: corrected records, records taken back, whatever names them and whatever comes first."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import NIGHT, Ask, night

STORY = (
    "昨天上午九点，位于河边的市图书馆新馆第一次打开大门，门口排起了长队。\n馆长周文说，新馆的座位比老馆多了三倍，"
    "藏书也增加到{books}万册。\n借书证可以当场办理，儿童阅览区周末开放到晚上八点。"
)
OTHER = "台风将于今晚登陆，渡轮公司宣布从下午三点起停航。\n已经买票的乘客可以在七天之内退票，不收手续费。"


def delivered(folder: Path, *records: dict[str, Any]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    (folder / "wire.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def article(books: int = 200, **given: Any) -> dict[str, Any]:
    return {"title": "新馆开放", "content": STORY.format(books=books), "date": "2026-11-19 08:00"} | given


def bodies(ask: Ask) -> list[str]:
    return [row["body_hans"] for row in ask("select body_hans from marts.fct_article order by title_hans")]


def history(ask: Ask) -> list[tuple[Any, ...]]:
    rows = ask("select * from marts.fct_article_version order by article_key, version")
    return [
        (row["version"], row["change"], (row["valid_from_night"] - NIGHT).days, row["is_current"])
        for row in rows
    ]  # fmt: skip


def fates(ask: Ask) -> list[tuple[str, str | None]]:
    rows = ask("select fate, reason_code from meta.ledger order by night, record_ordinal")
    return [(row["fate"], row["reason_code"]) for row in rows]


NAMES: list[dict[str, Any]] = [
    {"id": "n-1"},
    {"url": "https://example.org/n/1"},
    {"id": "n-1", "url": "https://example.org/n/1"},
]


@pytest.mark.parametrize("name", NAMES[:2], ids=["id", "url"])
def test_a_changed_record_is_a_new_version_then_taken_back(
    tmp_path: Path, ask: Callable[[Path], Ask], name: dict[str, Any]
) -> None:
    home = tmp_path / "home"
    night(home, delivered(tmp_path / "1", article(**name)))
    night(home, delivered(tmp_path / "2", article(books=250, **name)), on=NIGHT + timedelta(1))
    two = ask(home)
    assert bodies(two) == [STORY.format(books=250)]
    assert history(two) == [(1, "new", 0, False), (2, "corrected", 1, True)]
    assert fates(two) == [("superseded", "newer_version"), ("published", None)]
    night(home, delivered(tmp_path / "3", {"status": "Retracted", **name}), on=NIGHT + timedelta(2))
    three = ask(home)
    assert bodies(three) == []
    assert history(three) == [(1, "new", 0, False), (2, "corrected", 1, False), (3, "retracted", 2, False)]
    assert fates(three) == [("superseded", "retracted"), ("superseded", "retracted"), ("superseded", "retraction")]


def test_without_a_name_a_changed_text_is_no_version(tmp_path: Path, ask: Callable[[Path], Ask]) -> None:
    home = tmp_path / "home"
    night(home, delivered(tmp_path / "1", article(), {"retracted": True, "title": "无名"}))
    release = ask(home)
    assert fates(release) == [("published", None), ("quarantined", "no_text")]


def test_a_retraction_by_address_or_flag_leaves_the_neighbours_alone(
    tmp_path: Path, ask: Callable[[Path], Ask]
) -> None:
    home = tmp_path / "home"
    other = {"id": "n-2", "title": "渡轮停航", "content": OTHER}
    night(
        home,
        delivered(
            tmp_path / "1",
            {"deleted": True, "url": "https://example.org/n/1"},
            article(**NAMES[2]),
            other | {"deleted": False, "status": "published"},
        ),
    )
    release = ask(home)
    assert bodies(release) == [OTHER]
    assert sorted(history(release)) == [(1, "new", 0, True), (1, "retracted", 0, False)]


def test_a_copy_elsewhere_stands_in_for_an_article_taken_back(tmp_path: Path, ask: Callable[[Path], Ask]) -> None:
    home = tmp_path / "home"
    night(home, delivered(tmp_path / "1", article(id="a"), article(id="b", date="2026-11-19 09:00")))
    night(home, delivered(tmp_path / "2", {"id": "a", "status": "withdrawn"}), on=NIGHT + timedelta(1))
    release = ask(home)
    assert bodies(release) == [STORY.format(books=200)]
    assert history(release) == [(1, "new", 0, False), (2, "survivor_changed", 1, True)]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)], ids=str)
def test_versions_of_one_night_come_to_the_same_in_any_order(
    tmp_path: Path, ask: Callable[[Path], Ask], order: tuple[int, ...]
) -> None:
    home = tmp_path / "home"
    versions = [
        article(books, id="n-1", date=f"2026-11-19 0{hour}:00") for books, hour in ((200, 8), (250, 9), (300, 7))
    ]
    night(home, delivered(tmp_path / "1", *(versions[at] for at in order)))
    assert bodies(ask(home)) == [STORY.format(books=250)]
