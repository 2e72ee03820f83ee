"""Dated sentences become events; relative dates count from the day of publication."""

from __future__ import annotations

import random
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import seeds
from transforms import dates
from transforms.tables.enrichment import Event

IDIOMS = seeds.table("figure_idioms")
PUBLISHED = date(2024, 4, 17)  # a Wednesday


def documents(*bodies: str, published_on: date | None = PUBLISHED, region: str | None = None) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "document_id": [f"{i:016x}" for i in range(len(bodies))],
            "body_hans": bodies,
            "published_on": published_on,
            "script_region": region,
        },
        schema_overrides={"body_hans": pl.String, "published_on": pl.Date, "script_region": pl.String},
    )


def events(documents: pl.DataFrame) -> pl.DataFrame:
    return dates.events(documents, IDIOMS)


def spans(body: str, published_on: date | None = PUBLISHED) -> list[tuple[str, str, str]]:
    found = events(documents(body, published_on=published_on))
    return [(str(a), str(b), precision) for a, b, precision in found.select("date_from", "date_to", "precision").rows()]


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2021年3月9日", "2021-03-09", "2021-03-09", "day"),
        ("2021-3-9", "2021-03-09", "2021-03-09", "day"),
        ("二〇二一年三月", "2021-03-01", "2021-03-31", "month"),
        ("2019年", "2019-01-01", "2019-12-31", "year"),
        ("二○一○年", "2010-01-01", "2010-12-31", "year"),
        ("一九五○年代", "1950-01-01", "1959-12-31", "range"),
        ("2018年下半年", "2018-07-01", "2018-12-31", "range"),
        ("2020年第三季度", "2020-07-01", "2020-09-30", "quarter"),
        ("今年前三季度", "2024-01-01", "2024-09-30", "range"),
        ("9月末", "2023-09-01", "2023-09-30", "month"),
        ("今年2月底", "2024-02-01", "2024-02-29", "month"),
        ("年底", "2024-12-01", "2024-12-31", "month"),
        ("年初", "2024-01-01", "2024-01-31", "month"),
        ("前3个月", "2024-01-01", "2024-03-31", "range"),
        ("2022年前5个月", "2022-01-01", "2022-05-31", "range"),
        ("3月中旬", "2024-03-01", "2024-03-31", "month"),
        ("3月中下旬", "2024-03-01", "2024-03-31", "month"),
        ("今年首三个月", "2024-01-01", "2024-03-31", "range"),
        ("民国114年", "2025-01-01", "2025-12-31", "year"),
        ("去年底", "2023-12-01", "2023-12-31", "month"),
        ("今天上午", "2024-04-17", "2024-04-17", "day"),
        ("昨晚", "2024-04-16", "2024-04-16", "day"),
        ("大后天", "2024-04-20", "2024-04-20", "day"),
        ("上周三", "2024-04-10", "2024-04-10", "day"),
        ("上週三", "2024-04-10", "2024-04-10", "day"),
        ("禮拜一", "2024-04-15", "2024-04-15", "day"),
        ("去年七八月", "2023-07-01", "2023-08-31", "range"),
        ("十、十一月份", "2023-10-01", "2023-11-30", "range"),
        ("周五", "2024-04-12", "2024-04-12", "day"),
        ("本月", "2024-04-01", "2024-04-30", "month"),
        ("上月5日", "2024-03-05", "2024-03-05", "day"),
        ("近日", "2024-04-01", "2024-04-30", "month"),
        ("4月2日", "2024-04-02", "2024-04-02", "day"),
        ("11月30日", "2023-11-30", "2023-11-30", "day"),
        ("28日", "2024-03-28", "2024-03-28", "day"),
        ("今年春节", "2024-02-10", "2024-02-10", "day"),
        ("2023年中秋节", "2023-09-29", "2023-09-29", "day"),
        ("农历正月初五", "2024-02-14", "2024-02-14", "day"),
        ("2001年至2009年", "2001-01-01", "2009-12-31", "range"),
        ("5月1日至3日", "2024-05-01", "2024-05-03", "range"),
        ("2月28日到3月4日", "2024-02-28", "2024-03-04", "range"),
        ("20世纪80年代", "1980-01-01", "1989-12-31", "range"),
        ("上世纪末", "1970-01-01", "1999-12-31", "range"),
        ("康熙五十四年七月", "1715-01-01", "1715-12-31", "year"),
        ("光绪元年", "1875-01-01", "1875-12-31", "year"),
        ("今年第2季", "2024-04-01", "2024-06-30", "quarter"),
    ],
)
def test_a_date_stands_for_its_days(text: str, first: str, last: str, precision: str) -> None:
    assert spans(f"剧团{text}在小城演出。") == [(first, last, precision)]


def test_the_row_carries_words_and_sentence() -> None:
    found = events(documents("天气转晴。剧团昨天到达，观众很多。\n演出顺利。"))
    assert found.rows() == [
        ("0" * 16, 0, date(2024, 4, 16), date(2024, 4, 16), "昨天", "day", "剧团昨天到达，观众很多。"),
    ]
    Event.validate(found, cast=True)


@pytest.mark.parametrize(
    ("text", "precision", "date_text"),
    [
        ("4月15日14时30分", "minute", "4月15日14时30分"),
        ("2024年4月15日上午9:30", "minute", "2024年4月15日上午9:30"),
        ("2024-04-15 09:30", "minute", "2024-04-15 09:30"),
        ("2024-04-15 09:30:12", "second", "2024-04-15 09:30:12"),
        ("15日十四时三十分", "minute", "15日十四时三十分"),
        ("15日晚8点半", "minute", "15日晚8点半"),
        ("4月15日（周一）9时5分20秒", "second", "4月15日（周一）9时5分20秒"),
        ("4月15日14时", "day", "4月15日"),
        ("4月15日3:2", "day", "4月15日"),
        ("4月15日", "day", "4月15日"),
    ],
)
def test_a_clock_time_with_minutes_makes_a_day_finer(text: str, precision: str, date_text: str) -> None:
    found = events(documents(f"剧团{text}在小城演出。"))
    assert found.select("date_from", "date_to", "date_text", "precision").rows() == [
        (date(2024, 4, 15), date(2024, 4, 15), date_text, precision)
    ]


@pytest.mark.parametrize("text", ["昨晚8点30分", "昨天晚上8点30分", "昨晚8点半"])
def test_a_time_of_day_belongs_to_the_day_it_is_said_with(text: str) -> None:
    assert spans(f"剧团{text}在小城演出。") == [("2024-04-16", "2024-04-16", "minute")]


def test_a_name_and_a_year_of_output_are_no_days() -> None:
    assert spans("周天与说，达产后年产能两百万吨。") == []


def test_that_day_is_the_one_told_of_just_before() -> None:
    body = "3月5日，代表团启程。天气很好。当天下午，他们到了山口，选举当天再返回。路很长。夜里有雪。他们当天没有停。"
    assert spans(body) == [("2024-03-05", "2024-03-05", "day")] * 2


def test_a_range_of_days_keeps_no_clock_time() -> None:
    assert spans("剧团5月1日至3日14时30分演出。") == [("2024-05-01", "2024-05-03", "range")]


def test_a_day_that_leads_up_to_another_lies_in_its_year() -> None:
    assert spans("1月2日开工，到10月20日通车。", date(2025, 11, 10)) == [
        ("2025-01-02", "2025-01-02", "day"),
        ("2025-10-20", "2025-10-20", "day"),
    ]


def test_a_year_since_which_something_lasts_dates_nothing_that_follows() -> None:
    assert spans("自2016年以来，10月最冷。", date(2025, 11, 10)) == [
        ("2016-01-01", "2016-12-31", "year"),
        ("2025-10-01", "2025-10-31", "month"),
    ]


def test_a_year_from_which_something_goes_on_dates_nothing_that_follows() -> None:
    assert spans("厂里从2021年起已造12艘船，其中4艘将于6月下水。") == [
        ("2021-01-01", "2021-12-31", "year"),
        ("2024-06-01", "2024-06-30", "month"),
    ]


def test_months_without_a_year_are_those_around_the_publication() -> None:
    november, december = date(2023, 11, 14), date(2023, 12, 20)
    assert spans("1—10月份，全市用电量增长。", november) == [("2023-01-01", "2023-10-31", "range")]
    assert spans("展览7月1日至8月31日举行。") == [("2024-07-01", "2024-08-31", "range")]
    assert spans("价格从1月的低点回升。", november) == [("2023-01-01", "2023-01-31", "month")]
    assert spans("新规1月施行。", december) == [("2024-01-01", "2024-01-31", "month")]
    assert spans("12月28日至1月3日停航。", december) == [("2023-12-28", "2024-01-03", "range")]


def test_what_a_thing_is_measured_against_is_a_date_where_it_says_more_than_the_year() -> None:
    assert spans("票房高于去年。票房高于去年4月。", date(2025, 11, 10)) == [("2024-04-01", "2024-04-30", "month")]


def test_a_space_between_year_month_and_day_parts_no_date() -> None:
    assert spans("剧团成立于 2022 年 7 月，今年 3 月 12 日首演。", date(2025, 11, 10)) == [
        ("2022-07-01", "2022-07-31", "month"),
        ("2025-03-12", "2025-03-12", "day"),
    ]


def test_a_business_year_dates_nothing_that_follows() -> None:
    body = "2024年1月31日披露预告，预计2023年度盈利。4月26日修正。"
    assert spans(body, None)[-1] == ("2024-04-26", "2024-04-26", "day")


def test_a_year_of_the_republic_needs_no_month_in_taiwan() -> None:
    def years(body: str, region: str) -> list[str]:
        return events(documents(body, region=region))["date_from"].cast(pl.String).to_list()

    assert years("114年剧团巡演。", "TW") == ["2025-01-01"]
    assert years("114年剧团巡演。", "CN") == []
    assert years("剧团成立114年。巡演114年来未停。", "TW") == []


def test_nothing_is_guessed_without_a_publication_date() -> None:
    assert spans("剧团昨天到达。3月5日演出。周五返程。", None) == []


def test_an_earlier_year_serves_a_date_without_one() -> None:
    assert spans("剧团2017年成立。3月5日首演。", None) == [
        ("2017-01-01", "2017-12-31", "year"),
        ("2017-03-05", "2017-03-05", "day"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "乘2号线来",
        "每天排练",
        "《2020年的雪》上映",
        "时至今日仍在",
        "神舟12号升空",
        "2023年2月30日演出",
        "春节期间休息",
        "票房高于去年",
        "岁末年初巡演",
        "每到年底歇业",
        "台柱今年26岁",
        "提前5个月落幕",
        "对2024年度业绩没有影响",
        "给14号染色体测序",
        "亏损由上年同期扩大",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert spans(f"剧团{text}。") == []


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_rows_do_not_depend_on_order(seed: int) -> None:
    frame = documents("昨天开幕。", "2020年3月，剧团成立。5日首演。", "没有日期。", "上周一至今。")
    shuffled = frame.sample(fraction=1, shuffle=True, seed=random.Random(seed).randrange(2**32))
    assert events(shuffled).equals(events(frame))


def test_an_empty_frame_gives_an_empty_table() -> None:
    assert events(documents()).columns == list(Event.column_names())
    assert events(documents()).is_empty()


@pytest.mark.parametrize(
    ("body", "first"),
    [
        ("样机预计9月试航。", "2024-09-01"),
        ("航线有望在第四季度开通。", "2024-10-01"),
        ("大会将于10月8日开幕。", "2024-10-08"),
        ("名单将于周一公布。", "2024-04-22"),
        ("大会将于4月8日开幕，如今已经散场。", "2024-04-08"),
        ("样机原计划9月试航。", "2023-09-01"),
        ("将9月定为读书月。", "2023-09-01"),
    ],
)
def test_what_is_still_to_come_lies_ahead(body: str, first: str) -> None:
    assert spans(body)[0][0] == first


def test_the_next_day_is_counted_from_the_day_told_of_just_before() -> None:
    body = "3月5日，代表团启程。次日，他们到了山口，此前一天下过雪。翌日返回。3月8日，队伍解散，前一天还在山上。"
    days = ["2024-03-05", "2024-03-06", "2024-03-08", "2024-03-07"]
    assert spans(body) == [(day, day, "day") for day in days]


@pytest.mark.parametrize(
    "body",
    [
        "次日，他们到了山口。",
        "3月，代表团启程。次日，他们到了山口。",
        "3月5日起，车站营业至次日凌晨，价格比前一天低。",
        "6月5日起施行。次日，有人提出异议。",
    ],
)
def test_the_next_day_of_no_day_told_of_is_none(body: str) -> None:
    assert not {"次日", "前一天"} & set(events(documents(body))["date_text"])


def test_the_next_year_is_the_one_after_the_year_told_of_last() -> None:
    body = "2010年12月，样机做成。次年5月试航。同年9月返航。"
    assert spans(body)[1:] == [("2011-05-01", "2011-05-31", "month"), ("2010-09-01", "2010-09-30", "month")]


def test_the_next_year_of_no_year_is_no_date() -> None:
    assert spans("次年5月试航。") == []


def test_the_third_season_is_a_quarter_where_business_is_told_in_taiwan_and_hong_kong() -> None:
    bodies = [
        "公布第三季营收。",
        "动画第三季开播。",
        "预计116年第三季交车，营收可期。",
        "建校满116年第三季开播，营收可期。",
    ]
    for region, told in (("TW", ["第三季", "116年第三季"]), ("HK", ["第三季", "116年第三季"]), ("CN", ["116年第三季"])):
        assert events(documents(*bodies, region=region))["date_text"].to_list() == told


@pytest.mark.parametrize(
    ("body", "days"),
    [
        ("7/12停班课", ["2024-07-12"]),
        ("4/10～4/18展出", ["2024-04-10", "2024-04-18"]),
        ("于2026/07/14发布", ["2026-07-14"]),
        ("约1/3的人", []),
        ("24/7服务", []),
        ("114/07/12公布", []),
        ("5/600的机会", []),
    ],
)
def test_a_day_told_with_a_slash_is_no_share(body: str, days: list[str]) -> None:
    assert [first for first, _, _ in spans(body)] == days


def test_the_day_in_brackets_is_the_one_that_is_meant() -> None:
    # It appeared on the 17th and tells what was written the evening before.
    assert [first for first, _, _ in spans("今（16）日开打，昨（15）日抽签")] == ["2024-04-16", "2024-04-15"]
    assert [first for first, _, _ in spans("今（2）日开打")] == ["2024-04-17"]


@pytest.mark.parametrize(
    "body",
    [
        "11月大的女婴",
        "NOWnews今日新闻",
        "据今日俄罗斯报道",
        "各判2月与3月徒刑",
        "抗击9号超强台风",
        "五月天开唱",
        "更加美好的明天",
        "每年四五月份",
        "每年6月至9月",
        "走到今天不容易",
        "判刑七年六月、林叶二年八月",
        "49年前的4月24日",
        "3号核电机组封顶",
    ],
)
def test_ages_terms_names_and_mastheads_are_no_dates(body: str) -> None:
    assert spans(body) == []
