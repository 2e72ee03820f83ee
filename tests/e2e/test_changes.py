"""Change over three nights: corrected records, records taken back, whatever names them and whatever comes first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.night import Course
from tests.conftest import NIGHT, Ask, night, unjudged
from tests.e2e.both_ways import both_ways
from warehouse import shelf

LIBRARY = (
    "昨天上午九点，位于河边的市图书馆新馆第一次打开大门，门口排起了长队。\n馆长周文说，新馆的座位比老馆多了三倍，"
    "藏书也增加到{books}万册。\n借书证可以当场办理，儿童阅览区周末开放到晚上八点。"
)
FERRY = "台风将于今晚登陆，渡轮公司宣布从下午三点起停航。\n已经买票的乘客可以在七天之内退票，不收手续费。"
BRIDGE = "大桥桥墩的加固工程今天完工，工人在水下连续作业了四十天。\n从明天起，载重卡车可以重新从桥上通过。"
ORCHARD = "果园里的两千棵梨树今年第一次挂果，农户们正忙着采摘装箱。\n合作社已经同三家超市签下了供货合同。"

NIGHTS: tuple[tuple[dict[str, Any], ...], ...] = (
    (
        {"url": "https://example.org/n/1", "title": "新馆开放", "content": LIBRARY.format(books=200)},
        {"id": "ferry", "url": "https://example.org/n/2", "title": "渡轮停航", "content": FERRY, "deleted": False},
        {"id": "bridge", "title": "大桥加固完工", "content": BRIDGE, "date": "2026-11-19 08:00"},
        {"id": "bridge-again", "title": "大桥加固完工", "content": BRIDGE, "date": "2026-11-19 09:00"},
        {"id": "orchard", "status": "withdrawn"},
        {"retracted": True, "title": "没有编号的撤稿"},
    ),
    (
        {"url": "https://example.org/n/1", "title": "新馆开放", "content": LIBRARY.format(books=250)},
        {"url": "https://example.org/n/2", "retracted": True},
        {"id": "bridge", "status": "Retracted"},
        {"id": "orchard", "title": "梨树挂果", "content": ORCHARD, "status": "published"},
    ),
    ({"url": "https://example.org/n/1", "status": "deleted"},),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("changes") / "home"


@pytest.fixture(scope="module")
def releases(home: Path) -> Iterator[list[Ask]]:
    """What each night published, each release compared with one built in full."""
    folder = home.parent
    found: list[Ask] = []
    for number, records in enumerate(NIGHTS):
        inbox = folder / f"night-{number}"
        inbox.mkdir()
        lines = [json.dumps(record, ensure_ascii=False) for record in records]
        (inbox / "wire.jsonl").write_text("\n".join(lines), encoding="utf-8")
        with both_ways(folder), pytest.MonkeyPatch.context() as without_judge:
            without_judge.setattr(Course, "judge_table", unjudged)
            night(home, inbox, on=NIGHT + timedelta(number))
        found.append(Ask(home))
    yield found
    for release in found:
        release.reader.close()


def titles(release: Ask) -> list[str]:
    return [row["title_hans"] for row in release("select title_hans from marts.fct_article order by title_hans")]


def history(release: Ask, title: str) -> list[tuple[Any, ...]]:
    rows = release("select * from marts.fct_article_version where title_hans = $title order by version", title=title)
    return [
        (row["version"], row["change"], (row["valid_from_night"] - NIGHT).days, row["is_current"]) for row in rows
    ]  # fmt: skip


def fates(release: Ask, on: int) -> list[tuple[str, str | None]]:
    rows = release(
        "select * from meta.ledger where night = $night order by record_ordinal", night=NIGHT + timedelta(on)
    )
    return [(row["fate"], row["reason_code"]) for row in rows]


def test_a_changed_text_under_one_address_is_a_new_version(releases: list[Ask]) -> None:
    [row] = releases[1]("select body_hans, version from marts.fct_article where title_hans = '新馆开放'")
    assert (row["body_hans"], row["version"]) == (LIBRARY.format(books=250), 2)
    assert history(releases[1], "新馆开放") == [(1, "new", 0, False), (2, "corrected", 1, True)]
    assert fates(releases[1], 0)[0] == ("superseded", "newer_version")


def test_an_article_taken_back_leaves_the_marts_and_keeps_its_history(releases: list[Ask]) -> None:
    assert "新馆开放" not in titles(releases[2])
    assert history(releases[2], "新馆开放") == [
        (1, "new", 0, False),
        (2, "corrected", 1, False),
        (3, "retracted", 2, False),
    ]
    assert fates(releases[2], 0)[0] == fates(releases[2], 1)[0] == ("superseded", "retracted")
    assert fates(releases[2], 2) == [("superseded", "retraction")]


def test_an_address_takes_back_what_is_known_by_an_id_too(releases: list[Ask]) -> None:
    assert "渡轮停航" in titles(releases[0])
    assert "渡轮停航" not in titles(releases[1])


def test_a_copy_under_another_id_stands_in_for_an_article_taken_back(releases: list[Ask]) -> None:
    assert "大桥加固完工" in titles(releases[1])
    assert history(releases[1], "大桥加固完工") == [(1, "new", 0, False), (2, "survivor_changed", 1, True)]


def test_a_retraction_that_comes_before_its_article_counts_as_well(releases: list[Ask]) -> None:
    assert titles(releases[1]) == ["大桥加固完工", "新馆开放"]
    assert history(releases[1], "梨树挂果") == [(1, "retracted", 1, False)]


def test_a_retraction_that_names_nothing_is_held_back(releases: list[Ask]) -> None:
    assert fates(releases[0], 0)[4:] == [("superseded", "retraction"), ("quarantined", "no_text")]


def test_every_release_but_the_first_is_renewed(releases: list[Ask], home: Path) -> None:
    """That each is as one built in full was seen when they were made."""
    made = [shelf.manifest(home / "releases" / name) for name in shelf.listed(home / "releases")]
    assert [told["built"]["from"] for told in made] == [None, *(told["release_id"] for told in made[:-1])]
    assert len(releases) == len(made)
