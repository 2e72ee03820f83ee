"""Numbers beside words: a measure word that begins another word, numbers that name, days with a slash."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from tests.transforms.measured import IDIOMS, UNITS, documents, found
from transforms.figures import figures


@pytest.mark.parametrize(
    "body",
    [
        "2026台北车展开幕",
        "2026日本旅游调查",
        "第二分局展开调查",
        "第一银行公布结果",
        "比第三世界还糟",
        "房价站上9字头",
        "做到0死角",
        "电动三轮车起火",
        "日币一直跌",
        "走近一看",
        "青安3.0来了",
        "盘中一度大跌",
        "大谷两打席没有安打",
        "干出一番事业",
        "第三十七号主席令",
        "沿156县道前行",
        "拘役40日",
        "台9线250K+050至251K+800路段",
        "台铁4007次区间车停驶",
    ],
)
def test_a_number_within_a_word_counts_nothing(body: str) -> None:
    assert found(body) == []


@pytest.mark.parametrize(
    ("body", "text", "value", "unit"),
    [
        ("斥资437亿打造新城", "437亿", 43_700_000_000.0, "CNY"),
        ("斥资2亿升级设备", "2亿", 200_000_000.0, "CNY"),
        ("花了三天半时间", "三天半", 3.5, "d"),
        ("开了两个半小时", "两个半小时", 2.5, "h"),
        ("吸引23万股东", "23万", 230_000.0, None),
        ("7县市停班", "7县市", 7.0, "县市"),
        ("人数升至281人", "281人", 281.0, "人"),
        ("产量翻一番", "一番", 2.0, "ratio"),
        # By how much; to where is another matter, and no other end of a range.
        ("下跌5.7点至89.5点", "5.7点", 5.7, "点"),
        ("双方战成1：1", "1：1", 1.0, "ratio"),
    ],
)
def test_what_follows_a_number_belongs_to_the_next_word(body: str, text: str, value: float, unit: str | None) -> None:
    assert [(row["text"], row["value"], row["unit"]) for row in found(body)] == [(text, value, unit)]


@pytest.mark.parametrize(
    ("body", "text", "day"),
    [
        ("7／19停班", "7／19", date(2024, 7, 19)),
        ("4/10降雨特报", "4/10", date(2024, 4, 10)),
        ("9/10的人", "9/10", None),
        ("4/5支持", "4/5", None),
    ],
)
def test_a_day_around_the_publication_may_be_told_with_a_slash(body: str, text: str, day: date | None) -> None:
    assert figures(documents(body), UNITS, IDIOMS).select("text", "date_value").rows() == [(text, day)]


def test_a_dozen_that_begins_a_word_multiplies_nothing() -> None:
    rows = figures(documents("437亿打造新城", "12打铅笔"), UNITS, IDIOMS)
    assert rows.select(pl.col("value")).to_series().to_list() == [43_700_000_000.0, 144.0]


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("（社记者周岚纽约12日电）", ["12日"]),
        ("需约5日", ["5日"]),
        ("次日零点10分停运", ["零点10分"]),
        ("南疆四地州脱贫", ["四地州"]),
        ("宪兵202指挥部出动", []),
        ("第十一项（十一）另行规定", ["第十一项"]),
        ("第32号主席令", []),
        ("出席二十国集团峰会", []),
        ("115学年招生", []),
        ('出台"外资十条"', []),
        ("亿万人民共同奋斗", []),
        ("数百平民受困", ["数百"]),
        ("一个14亿人口的大国", ["14亿"]),
    ],
)
def test_names_and_numbers_of_orders_are_no_figures(body: str, texts: list[str]) -> None:
    assert [row["text"] for row in found(body)] == texts
