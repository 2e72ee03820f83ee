"""The questions of warehouse/queries: each answered from the night of the sample articles, literally."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import NIGHT, Answer, Ask
from warehouse import dictionary, questions

SQL = {question.name: question.sql for question in questions.every()}

# The first rows each question must answer with; a question that says little of the sample night is asked below.
ANSWERS: dict[str, list[tuple[Any, ...]]] = {
    "freshness_by_source": [
        ("adhoc", "临时来源", None, None, None, 0),
        ("sample", "示例文章", NIGHT, 0, 1, 34),
    ],
    "volume_by_source_and_night": [(NIGHT, "sample", 22, 6, 6, 7180)],
    "duplicate_rate": [("sample", 28, 6, 0.214, 2, 2, 1, 1)],
    "most_quoted": [("覃书远", "person", 3, 2, 1, 104), ("杨丽芬", "person", 2, 1, 0, 100)],
    "money_by_company_and_month": [
        ("岐水银行", "2025-10", "CNY", 1, 7, 365508000000.0, "3,655.08亿元"),
        ("澜山银行", "2025-10", "CNY", 1, 7, 791330000000.0, "7,913.30亿元"),
    ],
    "copied_and_first_seen": [
        ("兰州马拉松开跑：四万人沿着黄河奔跑", date(2025, 5, 25), "陇上体育周刊", "sample", NIGHT, 0, 1, "near"),
        (
            "无人插秧机下田：建三江的春天多了一群新农人",
            date(2025, 5, 21),
            "三江农垦报",
            "sample",
            NIGHT,
            0,
            1,
            "cross_script",
        ),
    ],
    "who_repeats_whom": [("sample", "sample", 6, 2, 0.987)],
    "script_mix": [
        ("sample", "Hans", "CN", "native", 22, 0.786),
        ("sample", "Hant", "TW", "native", 3, 0.107),
        ("sample", "Hant", "CN", "converted_char", 1, 0.036),
        ("sample", "Hant", "CN", "converted_phrase", 1, 0.036),
        ("sample", "Hant", "HK", "native", 1, 0.036),
    ],
    "quarantine_reasons": [
        ("sample", "quarantined", "no_han_body", 2, 0.0588, "feeds/wire.jsonl"),
        ("sample", "quarantined", "malformed_json", 1, 0.0294, "feeds/wire.jsonl"),
    ],
    "workdays_and_holidays": [("workday", 17, 17, 1.0), ("weekend", 4, 4, 1.0), ("holiday", 1, 1, 1.0)],
    "longest_stories": [
        ("吊索断了一根细丝，系统20秒就报警", date(2025, 3, 12), date(2025, 3, 14), 3, 2, 2),
        ("青海冷湖：望远镜拍下一颗三千年才来一次的彗星", date(2025, 10, 17), date(2025, 10, 18), 2, 2, 2),
    ],
    "cuts_of_an_article": [
        (
            "跨海大桥装上“听诊器”：三千个传感器守护青澜湾",
            1,
            "breadcrumb",
            "breadcrumb_end",
            "首页 > 新闻 > 科技 > 正文",
        ),
    ],
    "quotes_beside_a_name": [
        (
            date(2025, 3, 12),
            "梁佩兰",
            "过去靠人拿着锤子敲，一座塔要敲两天；现在吊索断了一根细丝，系统20秒之内就能报警。",
            True,
            "跨海大桥装上“听诊器”：三千个传感器守护青澜湾",
        ),
    ],
    "price_over_time": [
        (
            date(2025, 10, 28),
            "4,326.55亿元",
            432655000000.0,
            None,
            "CNY",
            "%；发放贷款和垫款总额为4,326.55亿元，较",
            "澜山银行2025年三季报：营收同比增长4.2%",
        ),
    ],
    "dates_ahead": [
        (
            date(2024, 10, 1),
            "十月",
            "剧团计划十月起到罗东、礁溪、头城巡回六场，票价三百元，学生半价。",
            date(2024, 9, 15),
            "宜兰老戏班三代同台 新戏《渡海》庙埕首演",
        ),
    ],
    "outlets_on_a_name": [
        ("北部湾文摘", 1, 0, 1.0, date(2025, 3, 14), date(2025, 3, 14)),
        ("澄江晚报", 1, 0, 1.0, date(2025, 3, 12), date(2025, 3, 12)),
    ],
    "stories_by_day": [
        (date(2025, 10, 18), "青海冷湖：望远镜拍下一颗三千年才来一次的彗星", 1, 1, 2, date(2025, 10, 17)),
    ],
    "figures_by_quarter": [
        (2025, 4, "percent", "ratio", 10, 1, 0.0005, 0.0665, 2.874, "287.4%"),
        (2025, 4, "money", "CNY", 7, 1, 1988000000.0, 18642000000.0, 791330000000.0, "7,913.30亿元"),
    ],
    "topics_by_day": [
        (date(2026, 6, 8), "sample", "产业", 1),
        (date(2026, 6, 8), "sample", "环境", 1),
    ],
    "copies_by_outlet": [("塬上财经", 3, 0, 0.0, 0), ("北疆快讯", 2, 1, 0.5, 1)],
    "stories_in_both_scripts": [
        ("青海冷湖：望远镜拍下一颗三千年才来一次的彗星", 1, 1, 2, date(2025, 10, 17), "Hans"),
    ],
    "reports_of_one_template": [
        (
            "岐水银行2025年三季报：营收同比增长1.8%",
            "澜山银行2025年三季报：营收同比增长4.2%",
            date(2025, 10, 29),
            date(2025, 10, 28),
            0.45,
        )
    ],
}


@pytest.fixture
def empty() -> duckdb.DuckDBPyConnection:
    """A warehouse that holds nothing but what a test puts into it."""
    connection = duckdb.connect()
    connection.execute("create schema marts").fetchall()
    return connection


@pytest.mark.parametrize("name", ANSWERS)
def test_the_sample_night_answers(name: str, sample_run: tuple[Path, Answer], ask: Callable[[Path], Ask]) -> None:
    rows = [tuple(row.values()) for row in ask(sample_run[0])(SQL[name])]
    assert rows[: len(ANSWERS[name])] == ANSWERS[name]


@pytest.mark.parametrize("name", SQL)
def test_every_question_can_be_asked(name: str, sample_run: tuple[Path, Answer], ask: Callable[[Path], Ask]) -> None:
    ask(sample_run[0])(SQL[name])


def test_figures_are_shown_in_the_words_around_them(
    sample_run: tuple[Path, Answer], ask: Callable[[Path], Ask]
) -> None:
    rows = ask(sample_run[0])(SQL["figures_of_a_topic"])
    revenue = [row for row in rows if row["title_hans"].startswith("澜山银行") and row["text"] == "4.2%"]
    assert [(row["value_or_bound"], row["in_context"]) for row in revenue] == [(0.042, "86.42亿元，同比增长4.2%")]
    assert all(row["in_context"].endswith(row["text"]) for row in rows)


def test_late_arrivals_are_counted_in_days_after_publication(empty: duckdb.DuckDBPyConnection) -> None:
    empty.execute(
        """
        create table marts.dim_source as from (values (1, 'harbour')) as t(source_key, source_id);
        create table marts.fct_article as
        from (values
            (1, 1, date '2026-03-02', date '2026-03-02'), (2, 1, date '2026-03-03', date '2026-03-02'),
            (3, 1, date '2026-03-20', date '2026-03-02'), (4, 1, date '2026-03-02', null)
        ) as t(article_key, source_key, night, published_on)
        """
    ).fetchall()
    assert empty.execute(SQL["late_arrivals"]).fetchall() == [("harbour", 3, 2, 1, 1.0, 18)]


def test_a_pair_of_one_template_is_told_once(sample_run: tuple[Path, Answer], ask: Callable[[Path], Ask]) -> None:
    rows = ask(sample_run[0])(SQL["reports_of_one_template"])
    pairs = [frozenset((row["title_hans"], row["other_title"])) for row in rows]
    assert len(pairs) == len(set(pairs))


def test_a_traditional_question_finds_a_simplified_article_first(
    sample_run: tuple[Path, Answer], ask: Callable[[Path], Ask]
) -> None:
    rows = ask(sample_run[0])(SQL["search_in_any_script"])
    assert rows[0]["title_hans"] == "苏州一座图书馆把还书车交给了机器人"
    assert rows[0]["score"] > 2 * rows[1]["score"]


def test_names_that_share_two_articles(sample_run: tuple[Path, Answer], ask: Callable[[Path], Ask]) -> None:
    rows = ask(sample_run[0])(SQL["named_together"])
    assert {"name": "梁佩兰", "other_name": "覃书远", "articles": 2} in rows


def test_a_story_unfolds_in_the_order_of_its_articles(empty: duckdb.DuckDBPyConnection) -> None:
    empty.execute(
        """
        create table marts.dim_story as
        from (values (-1, '未归入脉络', 0), (7, '大桥合龙', 2)) as t(story_key, title_hans, article_count);
        create table marts.dim_source as from (values (1, 'harbour'), (2, 'river')) as t(source_key, source_id);
        create table marts.fct_article as
        from (values
            (12, 7, 2, '合龙仪式举行', DATE '2026-11-20', NULL::TIMESTAMP, DATE '2026-11-20', 'Hant'),
            (11, 7, 1, '最后一段钢梁起吊', DATE '2026-11-19', TIMESTAMP '2026-11-19 08:00', DATE '2026-11-19', 'Hans'),
            (13, -1, 1, '天气', DATE '2026-11-19', NULL, DATE '2026-11-19', 'Hans')
        ) as t(article_key, story_key, source_key, title_hans, night, published_at_utc, published_on, script)
        """
    ).fetchall()
    rows = empty.execute(SQL["story_timelines"]).fetchall()
    assert [(row[0], row[1], row[5], row[7]) for row in rows] == [
        ("大桥合龙", 1, "harbour", "最后一段钢梁起吊"),
        ("大桥合龙", 2, "river", "合龙仪式举行"),
    ]


def test_a_corrected_article_shows_what_it_gained(empty: duckdb.DuckDBPyConnection) -> None:
    empty.execute(
        """
        create table marts.fct_article_version as
        from (values
            (5, 1, 'new', DATE '2026-11-19', DATE '2026-11-20', '渡轮停航', 100),
            (5, 2, 'corrected', DATE '2026-11-20', NULL, '渡轮停航三天', 130),
            (6, 1, 'new', DATE '2026-11-19', NULL, '新馆开放', 80)
        ) as t(article_key, version, change, valid_from_night, valid_to_night, title_hans, char_count)
        """
    ).fetchall()
    assert empty.execute(SQL["corrections"]).fetchall() == [
        (5, 1, "new", date(2026, 11, 19), date(2026, 11, 20), "渡轮停航", None),
        (5, 2, "corrected", date(2026, 11, 20), None, "渡轮停航三天", 30),
    ]


def test_a_name_is_on_the_rise_by_the_articles_of_two_weeks(empty: duckdb.DuckDBPyConnection) -> None:
    empty.execute(
        """
        create table marts.dim_entity as
        from (values (1, '青禾', 'place'), (2, '山河', 'place')) as t(entity_key, name_hans, entity_type);
        create table marts.fct_article as
        from (values
            (11, DATE '2026-11-10'), (12, DATE '2026-11-14'), (13, DATE '2026-11-20'), (14, DATE '2026-11-01')
        ) as t(article_key, night);
        create table marts.fct_mention as
        from (values (11, 2), (13, 2), (12, 1), (13, 1), (14, 1)) as t(article_key, entity_key)
        """
    ).fetchall()
    assert empty.execute(SQL["names_on_the_rise"]).fetchall() == [("青禾", "place", 2, 0)]


def test_a_word_is_new_where_earlier_weeks_have_not_got_it(empty: duckdb.DuckDBPyConnection) -> None:
    empty.execute(
        """
        create table marts.fct_article as
        from (values
            (11, DATE '2026-11-10', '开渔'), (12, DATE '2026-11-19', '新船'), (13, DATE '2026-11-20', '换电渔船试航')
        ) as t(article_key, night, title_hans);
        create table marts.bridge_article_keyword as
        from (values (11, '渔船', 1.0), (12, '渔船', 1.0), (12, '换电', .5), (13, '换电', .9)) as t(article_key, keyword_hans, weight)
        """
    ).fetchall()
    assert empty.execute(SQL["new_words"]).fetchall() == [("换电", date(2026, 11, 19), 2, "换电渔船试航")]
    empty.execute("delete from marts.fct_article where article_key = 11").fetchall()
    assert empty.execute(SQL["new_words"]).fetchall() == []


def test_the_page_lists_every_question() -> None:
    assert questions.PAGE.read_text(encoding="utf-8") == questions.markdown(), "run `python -m warehouse.questions`"
    assert len(SQL) >= 12


def test_a_question_about_a_word_is_asked_about_another(tmp_path: Path) -> None:
    file = tmp_path / "x.sql"
    file.write_text("-- 有几个？ / How many?\n-- about: 灯\nselect '灯' as word, '灯光' as other", encoding="utf-8")
    question = questions.read(file)
    assert question.about == "灯"
    assert question.of("谁's") == "select '谁''s' as word, '灯光' as other"


def test_a_word_no_literal_stands_for_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.sql").write_text("-- 有几个？ / How many?\n-- about: 灯\nselect '灯光'", encoding="utf-8")
    with pytest.raises(ValueError, match=r"x\.sql: .*灯"):
        questions.read(tmp_path / "x.sql")


def test_the_page_of_tables_lists_what_is_declared() -> None:
    assert dictionary.PAGE.read_text(encoding="utf-8") == dictionary.page(), "run `python -m warehouse.dictionary`"


def test_a_question_without_its_two_languages_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.sql").write_text("-- how many?\nselect 1", encoding="utf-8")
    with pytest.raises(ValueError, match=r"x\.sql"):
        questions.read(tmp_path / "x.sql")
