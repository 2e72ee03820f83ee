"""What a figure is, as its surroundings tell: the region of its article, its subject, the figures beside it."""

from __future__ import annotations

import polars as pl
import pytest

from tests.transforms.measured import IDIOMS, UNITS, documents, found
from transforms.figures import figures


def test_a_year_of_the_republic_needs_no_month_in_taiwan() -> None:
    def dates_of(body: str, region: str) -> list[tuple[str, str]]:
        rows = figures(documents(body, region=region), UNITS, IDIOMS)
        return [(row["kind"], str(row["date_value"])) for row in rows.to_dicts()]

    assert dates_of("114年全年发电", "TW") == [("date", "2025-01-01")]
    assert dates_of("114年全年发电", "CN") == [("duration", "None")]
    assert dates_of("建校114年来", "TW") == [("duration", "None")]


def test_a_year_that_only_begins_a_span_dates_nothing_that_follows() -> None:
    rows = found("自2016年以来，10月份最冷")
    assert [(row["text"], str(row["date_value"])) for row in rows] == [
        ("2016年", "2016-01-01"),
        ("10月份", "2023-10-01"),
    ]


def test_a_degree_is_of_heat_where_the_article_speaks_of_it() -> None:
    assert [row["unit"] for row in found("低温探7度。清晨测得5.8度。镜头转了30度。")] == ["Cel", "Cel", "deg"]


def test_the_numbers_of_articles_of_a_law_are_no_figures() -> None:
    law = "第一条为了安全。\n第二条管理设施。\n第三条照第一条办，罚款500令吉。"
    assert [(row["text"], row["unit"]) for row in found(law)] == [("500令吉", "MYR")]
    assert [row["text"] for row in found("第一条地铁开通，第二条在建。")] == ["第一条", "第二条"]


def test_an_implied_currency_is_marked() -> None:
    (row,) = found("参赛者最高资助80万")
    assert (row["kind"], row["unit"], row["value_max"], row["note"]) == ("money", "CNY", 8e5, "currency implied")


@pytest.mark.parametrize(
    ("body", "region", "origin", "unit", "note"),
    [
        ("票价1500元", "TW", "native", "TWD", "currency implied"),
        ("票价20至30万元", "TW", "native", "TWD", "currency implied"),
        ("最高罚款30万", "TW", "native", "TWD", "currency implied"),
        ("票价1500元", "HK", "native", "HKD", "currency implied"),
        ("澳门轻轨票价1500元", "HK", "native", "MOP", "currency implied"),
        ("香港到澳门的票价1500元", "HK", "native", "HKD", "currency implied"),
        ("票价1500元", "CN", "native", "CNY", None),
        ("票价1500元", "CN", "converted_opencc", "CNY", None),
        ("票价1500元", None, "native", "CNY", "currency implied"),
        ("台北的票价1500元", None, "native", "TWD", "currency implied"),
        ("香港的票价1500元", None, "native", "HKD", "currency implied"),
        ("平台中的票价1500元", None, "native", "CNY", "currency implied"),
        ("台北到香港的票价1500元", None, "native", "CNY", "currency implied"),
        ("台中的票价1500元", None, "converted_opencc", "CNY", None),
        ("台中的票价1500元", "CN", "native", "CNY", None),
        ("票价人民币1500元", "TW", "native", "CNY", None),
        ("票价1500元人民币", "TW", "native", "CNY", None),
        ("票价1500美元", "TW", "native", "USD", None),
        ("票价1500港元", "TW", "native", "HKD", None),
        ("票价新台币1500元", "TW", "native", "TWD", None),
    ],
)
def test_yuan_is_the_money_of_where_the_article_was_written(
    body: str, region: str | None, origin: str, unit: str, note: str | None
) -> None:
    (row,) = figures(documents(body, region=region, origin=origin), UNITS, IDIOMS).to_dicts()
    assert (row["unit"], row["note"]) == (unit, note)


def test_the_currency_of_one_article_says_nothing_of_its_neighbour() -> None:
    here, there = documents("票价1500元", region="TW"), documents("无关", "票价1500元")
    both = figures(pl.concat([here, there.tail(1)]), UNITS, IDIOMS)
    assert both["unit"].to_list() == ["TWD", "CNY"]


def test_a_lost_dash_is_seen_by_the_range_beside_it() -> None:
    rows = found("一格可放312颗珠子，整盒有12~48颗珠子。另有312枚。")
    assert [(row["text"], row["is_suspect"]) for row in rows] == [("312颗", True), ("12~48颗", False), ("312枚", False)]


def test_the_first_of_two_ranges_a_number_may_be_in_the_proportion_of_is_told() -> None:
    rows = found("每格2~10个，整盒12~60个，另有210个，又有1260个。")
    assert [row["note"] for row in rows[2:]] == ["dash lost: perhaps 2~10", "dash lost: perhaps 12~60"]


def test_no_dash_is_missed_among_full_width_digits() -> None:
    rows = found("一格可放３１２颗珠子，整盒有12~48颗珠子。")
    assert [(row["text"], row["is_suspect"]) for row in rows] == [("３１２颗", False), ("12~48颗", False)]


def test_the_third_season_is_a_quarter_in_taiwan_only() -> None:
    body = "公布第三季营收"
    kinds = [
        figures(documents(body, region=region), UNITS, IDIOMS).select("kind", "date_value").row(0)
        for region in ("TW", "CN")
    ]
    assert [(kind, str(day)) for kind, day in kinds] == [("date", "2023-07-01"), ("ordinal", "None")]
