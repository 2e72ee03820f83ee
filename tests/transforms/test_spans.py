"""Edits told in the original: found, composed, applied, and taken back."""

from __future__ import annotations

import re
import sys

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.spans import apply, as_edits, compose, no_edits, occurrences, rebuild

ALPHABET = "ab甲乙(zh)，。\n"


def texts(*values: str) -> pl.DataFrame:
    return pl.DataFrame({"line": range(len(values)), "text": values}, schema={"line": pl.UInt32, "text": pl.String})


def cut(frame: pl.DataFrame, pattern: str, after: str = "") -> pl.DataFrame:
    return as_edits(occurrences(frame, pattern), after=after, category="pinyin", rule_id="test")


def test_offsets_are_code_points() -> None:
    found = occurrences(texts("甲乙12丙3", "無"), r"\d+")
    assert found.select("line", "start", "end", "match").rows() == [(0, 2, 4, "12"), (0, 5, 6, "3")]


@settings(max_examples=30)
@given(st.lists(st.text(ALPHABET, max_size=12), min_size=1, max_size=4))
def test_every_match_is_found_where_it_stands(values: list[str]) -> None:
    found = occurrences(texts(*values), "[ab]|乙+")
    wanted = [(line, *at.span(), at[0]) for line, value in enumerate(values) for at in re.finditer("[ab]|乙+", value)]
    assert found.select("line", "start", "end", "match").rows() == wanted


def test_apply_replaces_every_span() -> None:
    frame = texts("甲1乙22丙", "丁")
    assert apply(frame, cut(frame, r"\d+", "·"))["text"].to_list() == ["甲·乙·丙", "丁"]


def test_a_later_edit_is_told_in_the_original() -> None:
    frame = texts("甲(a)乙--丙")
    first = cut(frame, r"\([a-z]\)")
    second = cut(apply(frame, first), "--")
    both = compose(first, second)
    assert both.select("start", "end").rows() == [(1, 4), (5, 7)]


def test_a_later_edit_absorbs_what_it_covers() -> None:
    frame = texts("甲(a)乙丙")
    first = cut(frame, r"\([a-z]\)")
    both = compose(first, cut(apply(frame, first), "甲乙"))
    assert both.select("start", "end", "after").rows() == [(0, 5, "")]


def test_a_later_edit_inside_a_replacement_keeps_the_rest_of_it() -> None:
    frame = texts("甲1乙")
    first = cut(frame, r"\d", "丙丁戊")
    both = compose(first, cut(apply(frame, first), "丁", "己"))
    assert both.select("start", "end", "after").rows() == [(1, 2, "丙己戊")]


@settings(max_examples=60)
@given(
    st.text(alphabet="甲乙丙丁12-", min_size=1, max_size=30),
    st.sampled_from([r"\d", "甲乙", "-+", "丙"]),
    st.sampled_from([r"\d", "甲乙?", "-丁", "[丙戊]"]),
    st.sampled_from(["", "戊", "戊1丙"]),
    st.sampled_from(["", "己"]),
)
def test_composed_edits_do_at_once_what_two_rounds_do(text: str, one: str, two: str, put: str, then: str) -> None:
    frame = texts(text)
    first = cut(frame, one, put)
    between = apply(frame, first)
    second = cut(between, two, then)
    assert apply(frame, compose(first, second))["text"].item() == apply(between, second)["text"].item()


def test_clashing_edits_of_a_long_line_cost_what_their_number_says() -> None:
    def work(size: int) -> int:
        frame = texts("甲1乙" * size)
        first = cut(frame, r"\d", "丙丁戊己")
        second = cut(apply(frame, first), "[丙己]", "子")
        done = 0

        def watch(_frame: object, event: str, _argument: object) -> None:
            nonlocal done
            done += event in ("call", "c_call")

        sys.setprofile(watch)
        try:
            both = compose(first, second)
        finally:
            sys.setprofile(None)
        assert both["after"].unique().to_list() == ["子丁戊子"]
        return done

    small, double, fourfold = work(50), work(100), work(200)
    assert fourfold - double <= 2.2 * (double - small)


def test_no_edits_change_nothing() -> None:
    frame = texts("甲")
    assert apply(frame, no_edits()).equals(frame)


def test_rebuild_puts_every_cut_and_change_back() -> None:
    removed = [
        {"start_offset": 0, "text": "首页>正文"},
        {"start_offset": 5, "text": "\n"},
        {"start_offset": 9, "text": "\n"},
    ]
    repairs = [{"start_offset": 12, "before": "\n\n", "after": ""}]
    assert rebuild("标题", 6, [], "正文未完。", removed, repairs) == "首页>正文\n标题\n\n正文\n\n未完。"
