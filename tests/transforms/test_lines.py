"""Lines of a text with true offsets, and the folding that keeps them true."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.lines import fold, following, place, preceding, so_far, split_lines, to_come


def test_lines_know_where_they_stand() -> None:
    frame = pl.DataFrame({"doc": [0], "text": ["\u3000第一行 \r\n\n\u00a0\n\u3000\u3000第二行\n"]})
    assert split_lines(frame).select("line_no", "start", "end", "base").rows() == [
        (1, 1, 4, "第一行"),
        (4, 12, 15, "第二行"),
    ]


def test_folding_is_one_character_for_one() -> None:
    folded = pl.select(fold(pl.lit("「國際」，（Ａ）開會"))).item()
    assert folded == "“国际”,(A)开会"


@settings(max_examples=60)
@given(st.text(alphabet="甲國， \t\n\r\u3000\u00a0\u200bａ", max_size=40))
def test_every_line_reads_what_it_says(text: str) -> None:
    for row in split_lines(pl.DataFrame({"doc": [0], "text": [text]})).to_dicts():
        assert text[row["start"] : row["end"]] == row["base"]
        assert text[: row["start"]].endswith(row["gap"])
        assert text[: row["start"]].count("\n") + 1 == row["line_no"]
        assert len(pl.select(fold(pl.lit(row["base"]))).item()) == row["chars"]


@settings(max_examples=40)
@given(st.lists(st.lists(st.sampled_from(["甲", "乙", None]), min_size=1, max_size=4), max_size=5))
def test_the_following_line_is_the_next_of_the_same_text(texts: list[list[str | None]]) -> None:
    rows = [(doc, line) for doc, lines in enumerate(texts) for line in lines]
    frame = pl.DataFrame(rows, schema={"doc": pl.UInt32, "text": pl.String}, orient="row")
    told = frame.select(told=following("text"))["told"].to_list()
    assert told == [line for lines in texts for line in [*lines[1:], None]]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.booleans(), min_size=1, max_size=4), max_size=5))
def test_what_stands_before_and_behind_is_what_a_window_says(texts: list[list[bool]]) -> None:
    rows = [(doc, sign) for doc, signs in enumerate(texts) for sign in signs]
    frame = pl.DataFrame(rows, schema={"doc": pl.UInt32, "sign": pl.Boolean}, orient="row")
    sign, number = pl.col("sign"), pl.col("sign").cast(pl.Int64)
    said = frame.select(preceding("sign"), a=place(), b=so_far(sign), c=to_come(sign))
    window = frame.select(
        sign.shift(1).over("doc"),
        a=pl.int_range(pl.len()).over("doc"),
        b=number.cum_sum().over("doc"),
        c=number.cum_sum(reverse=True).over("doc"),
    )
    assert said.equals(window)
