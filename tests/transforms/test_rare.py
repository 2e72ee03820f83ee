"""Patterns in two sizes: whatever a text holds, the matches are those of the whole."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

import seeds
from transforms.dates.events import sought
from transforms.rare import Alternatives

SCAN = sought(tuple(seeds.table("figure_idioms").filter(precedes="event")["pattern"])).dates
FRAGMENTS = [
    "2024年", "去年", "3月", "5日", "十月", "至", "到", "、", "康熙五十四年", "神舟12号", "《", "》", "8点半", "14:30", "周三",
    "昨晚", "世纪", "20", "90年代", "上半年", "次年5月", "今天的我们", "，", "的", "2024-05-06", "以来", "比", "高于", "103国道",
]  # fmt: skip


def test_a_text_is_read_with_the_rare_alternatives_only_where_it_holds_one() -> None:
    pattern = Alternatives(whole="甲乙丙|甲|乙", common="甲|乙", rare=("甲乙丙",))
    texts = pl.Series(["甲乙", "甲乙丙甲", "", "丁"])
    assert pattern.extract_all(texts).to_list() == [["甲", "乙"], ["甲乙丙", "甲"], [], []]


@given(st.lists(st.lists(st.sampled_from(FRAGMENTS), max_size=6).map("".join), min_size=1, max_size=30))
def test_dates_are_those_of_the_whole_pattern(texts: list[str]) -> None:
    series = pl.Series(texts, dtype=pl.String)
    assert SCAN.extract_all(series).to_list() == series.str.extract_all(SCAN.whole).to_list()
