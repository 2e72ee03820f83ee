"""The same articles night by night, in either order or all at once: what is published depends on them alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.night import Course
from tests.conftest import Ask, night, unjudged
from warehouse import shelf

FIRST, SECOND = date(2026, 11, 18), date(2026, 11, 19)
# What says when something arrived, or how the run went: one night differs in them from two.
OF_THE_RUN = {"meta.release", "meta.run", "meta.stage"}

HARBOUR = (
    "云汀港的老渔市昨天清晨最后一次开秤，码头边停满了前来告别的小船。七十二岁的鱼贩何阿婆说，她在这里卖了四十年鱼，"
    "认得每一位老主顾。新渔市设在港口北侧，装有冷库和检测室，今后每天凌晨三点开门。"
)
HARBOUR_END = (
    "港务处负责人表示，旧市场的木棚会保留一段，改作渔业陈列馆，明年春天对游客开放。附近居民希望保留清晨的早点摊。"
)
SCHOOL = (
    "松溪小学的孩子们上周种下了一片油菜，他们每天放学后轮流浇水、量苗高，并把数字写在黑板上。"
    "老师说，这块地有{area}平方米，收获的菜籽将送到村里的油坊榨油。家长们也来帮忙，修好了通往菜地的小路。"
)
FERRY = (
    "青屿轮渡公司发布通告：受海雾影响，{day}日共停航{stopped}班，滞留旅客{people}人，最长等候{hours}小时。"
    "公司提醒乘客出门前查询班次，听从工作人员安排，行动不便的老人可以到候船厅西侧的休息室等候。"
)
BRIDGE = (
    "柳湾大桥的拉索检修提前完成，昨晚恢复双向通车。检修队白天高空作业，夜里清扫桥面，前后用了十九天。"
    "货车司机老周说，绕行的日子每趟要多走半个小时，如今总算顺畅了。"
)
BRIDGE_TOLD_AGAIN = (
    "柳湾大桥恢复双向通行后的第一个早高峰，收费站前不再排长队。货运司机老周比平时早到了半小时。"
    "检修队长介绍，十九天里共更换四根拉索，夜里还要清扫桥面，高空作业的工人每两小时换一班。"
)
LIBRARY = (
    "望山县的流动图书车换了新车厢，书架比原来多一倍，还装上了遮阳棚。管理员每周二沿着河谷走六个村子，"
    "孩子们听见喇叭声就会跑出来。车上最受欢迎的是科普画册和武侠小说，借书不用押金。"
)
TEA = (
    "梅岭的春茶会停办三年后重新开张，二十几户茶农在祠堂前摆开竹匾。来客先闻干茶，再看茶汤，最后凭一枚竹筹选出最喜欢的一款。"
    "组织者说，今年不设奖金，只请得票最多的人家多讲讲怎样炒茶。"
)


def record(number: int, title: str, text: str, day: int) -> dict[str, Any]:
    return {
        "id": f"https://example.org/{number}",
        "title": title,
        "text": text,
        "published": f"2026-11-{day}T08:00:00+08:00",
    }


ARRIVALS = {
    FIRST: [
        record(1, "老渔市今晨告别", f"{HARBOUR}……", 18),
        record(2, "油菜地里的数学课", SCHOOL.format(area=320), 17),
        record(3, "轮渡停航通告", FERRY.format(day=17, stopped=12, people=840, hours=5), 17),
        record(4, "柳湾大桥恢复通车", BRIDGE, 18) | {"author": "高晚舟", "section": "城事"},
    ],
    SECOND: [
        record(5, "云汀港老渔市告别", f"{HARBOUR}\n{HARBOUR_END}", 17),
        record(2, "油菜地里的数学课", SCHOOL.format(area=230), 18),
        record(6, "轮渡停航通告", FERRY.format(day=18, stopped=7, people=315, hours=3), 18),
        record(4, "柳湾大桥恢复通车", BRIDGE, 18) | {"author": "唐小满", "section": "要闻"},
        record(7, "流动图书车换新", LIBRARY, 18),
        record(9, "拉索换好了，柳湾大桥不堵了", BRIDGE_TOLD_AGAIN, 19),
    ],
}


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """{order of arrival: home after it}."""
    folder = tmp_path_factory.mktemp("nights")
    files: dict[date, Path] = {}
    for on, records in ARRIVALS.items():
        files[on] = folder / f"{on}.jsonl"
        lines = (json.dumps(r, ensure_ascii=False) for r in records)
        files[on].write_text("\n".join(lines) + "\n", encoding="utf-8")
    both = folder / "both.jsonl"
    both.write_text(json.dumps(record(8, "梅岭茶会重开", TEA, 16), ensure_ascii=False) + "\n", encoding="utf-8")
    broken = folder / "broken.parquet"
    broken.write_bytes(b"PAR1 and no more")
    with pytest.MonkeyPatch.context() as without_judge:
        without_judge.setattr(Course, "judge_table", unjudged)
        for order, nights in {"in order": (FIRST, SECOND), "reversed": (SECOND, FIRST)}.items():
            for on in nights:
                night(folder / order, files[on], both, broken, on=on)
        night(folder / "at once", *files.values(), both, broken, on=SECOND)
    return {order: folder / order for order in ("in order", "reversed", "at once")}


@pytest.fixture
def told(homes: dict[str, Path], ask: Callable[[Path], Ask]) -> Callable[[str, str], list[dict[str, Any]]]:
    return lambda order, query: ask(homes[order])(query)


def titles(told: Callable[[str, str], list[dict[str, Any]]], order: str) -> list[str]:
    return [row["title_hans"] for row in told(order, "select title_hans from marts.fct_article order by title_hans")]


def test_nights_in_either_order_give_the_same_tables(homes: dict[str, Path]) -> None:
    one, two = (shelf.manifest(homes[order] / "current")["tables"] for order in ("in order", "reversed"))
    assert {name for name in one if one[name] != two[name]} <= OF_THE_RUN


@pytest.mark.parametrize(
    "query",
    [
        "select document_id, title_hans, body_hans, copy_count from marts.fct_article order by 1",
        "select document_id, verdict, matched_document_id, jaccard from marts.fct_copy order by 1",
        "select document_id, fate, reason_code, count(*) as records from meta.ledger group by all order by all",
        "select document_id, min(document_id) over (partition by story_key) as told_with from marts.fct_article order by 1",
        """
        select one.document_id, two.document_id as other, relation, score, evidence
        from marts.fct_relation as r
        join marts.fct_article as one on one.article_key = r.article_key
        join marts.fct_article as two on two.article_key = r.other_article_key
        order by all
        """,
    ],
)
def test_all_at_once_gives_the_same_articles_copies_fates_stories_and_relations(
    query: str, told: Callable[[str, str], list[dict[str, Any]]]
) -> None:
    assert told("at once", query) == told("in order", query)


def test_of_copies_versions_and_retractions_what_is_left_is_published(
    told: Callable[[str, str], list[dict[str, Any]]],
) -> None:
    assert titles(told, "in order") == [
        "云汀港老渔市告别", "拉索换好了，柳湾大桥不堵了", "柳湾大桥恢复通车", "梅岭茶会重开", "油菜地里的数学课", "流动图书车换新", "轮渡停航通告", "轮渡停航通告",
    ]  # fmt: skip


def test_a_better_original_that_arrives_later_changes_the_survivor_and_keeps_the_key(
    told: Callable[[str, str], list[dict[str, Any]]],
) -> None:
    history = told(
        "in order",
        """
        select v.version, change, valid_from_night, v.title_hans, v.is_current
        from marts.fct_article_version as v
        join marts.fct_article as a using (article_key)
        where a.title_hans = '云汀港老渔市告别'
        order by v.version
        """,
    )
    assert [tuple(row.values()) for row in history] == [
        (1, "new", FIRST, "老渔市今晨告别", False),
        (2, "survivor_changed", SECOND, "云汀港老渔市告别", True),
    ]


def test_a_record_told_anew_is_a_corrected_version(told: Callable[[str, str], list[dict[str, Any]]]) -> None:
    found = told(
        "in order",
        """
        select a.version, v.change, position('230' in a.body_hans) > 0 as is_corrected
        from marts.fct_article as a
        join marts.fct_article_version as v using (article_key, version)
        where a.title_hans = '油菜地里的数学课'
        """,
    )
    assert found == [{"version": 2, "change": "corrected", "is_corrected": True}]
    fates = told("in order", "select fate, count(*) as n from meta.ledger group by fate order by fate")
    assert [tuple(row.values()) for row in fates] == [
        ("duplicate", 2), ("published", 8), ("rejected_file", 1), ("superseded", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("title", ["柳湾大桥恢复通车", "梅岭茶会重开"], ids=["in another file", "in the same file"])
def test_a_document_that_comes_again_belongs_to_its_first_night(
    title: str, told: Callable[[str, str], list[dict[str, Any]]]
) -> None:
    query = f"select night from marts.fct_article where title_hans = '{title}'"
    assert told("in order", query) == told("reversed", query) == [{"night": FIRST}]


def test_what_stands_beside_its_text_is_what_its_first_night_said(
    told: Callable[[str, str], list[dict[str, Any]]],
) -> None:
    query = "select author_line, section from marts.fct_article where title_hans = '柳湾大桥恢复通车'"
    assert told("in order", query) == told("reversed", query) == [{"author_line": "高晚舟", "section": "城事"}]


def test_one_report_of_two_days_is_two_articles_that_know_each_other(
    told: Callable[[str, str], list[dict[str, Any]]],
) -> None:
    found = told(
        "in order",
        """
        select day(one.published_on) as day, day(two.published_on) as other_day, relation
        from marts.fct_relation as r
        join marts.fct_article as one on one.article_key = r.article_key
        join marts.fct_article as two on two.article_key = r.other_article_key
        where one.title_hans = '轮渡停航通告'
        order by all
        """,
    )
    assert [tuple(row.values()) for row in found] == [(17, 18, "sibling"), (18, 17, "sibling")]


def test_an_event_told_again_the_next_night_is_one_story_over_both(
    told: Callable[[str, str], list[dict[str, Any]]],
) -> None:
    found = told(
        "in order",
        """
        select s.title_hans, s.first_night, s.last_night, s.article_count
        from marts.dim_story as s
        where s.article_count > 1
        """,
    )
    assert [tuple(row.values()) for row in found] == [("柳湾大桥恢复通车", FIRST, SECOND, 2)]


def test_two_fillings_of_one_template_are_two_stories(told: Callable[[str, str], list[dict[str, Any]]]) -> None:
    found = told("in order", "select distinct story_key from marts.fct_article where title_hans = '轮渡停航通告'")
    assert len(found) == 2
