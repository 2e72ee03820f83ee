"""Cues of noise rules: seen in every line that holds one where its rule would have it, and in no other."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.clean.cues import signs_of
from transforms.clean.sightings import REACH, sightings
from transforms.points import joint, repeated

RULES = pl.DataFrame(
    {
        "scope": ["line", "span", "span", "inside"],
        "pattern": ["^.{0,8}(?:编辑|编|QQ群)", "^(?:记者|电)", "[(](?:图|图源)[:)].{0,9}$", "天天好彩|好彩头"],
    }
).with_row_index("number")
FAR = "甲" * 200


def seen(*texts: str) -> list[tuple[int, int]]:
    lines = pl.DataFrame({"line": range(len(texts)), "folded": texts}, schema={"line": pl.UInt32, "folded": pl.String})
    return sightings(lines, RULES).rows()


def test_a_line_shows_the_rules_whose_cues_it_holds() -> None:
    assert seen("责任编辑", "甲乙", "qq群", "记者天天好彩", "") == [(0, 0), (2, 0), (3, 1), (3, 3)]


def test_cues_whose_first_letters_share_a_number_are_told_apart() -> None:
    first = np.arange(0x4E00, 0x9FA6, dtype=np.uint32)
    second = first[::-1]
    numbers = joint(first, second)
    shared = np.flatnonzero(numbers == numbers[repeated(numbers.astype(np.uint64))][0])
    one, two = (f"{chr(first[place])}{chr(second[place])}" for place in shared[:2])
    rules = RULES.head(2).with_columns(scope=pl.lit("inside"), pattern=pl.Series([one, two]))
    lines = pl.DataFrame({"line": [0, 1, 2], "folded": [two, one, one]}, schema_overrides={"line": pl.UInt32})
    assert sightings(lines, rules).rows() == [(0, 1), (1, 0), (2, 0)]
    assert sightings(lines, rules.head(1)).rows() == [(1, 0), (2, 0)]


def test_a_cue_beyond_the_reach_of_its_rule_is_none() -> None:
    assert seen(FAR + "编辑", "甲" * 80 + "记者", FAR + "记者", FAR + "好彩头") == [(1, 1), (3, 3)]


def test_a_cue_at_the_end_is_looked_for_at_the_end() -> None:
    assert seen(FAR + "(图)", "(图)" + FAR) == [(0, 2)]


def test_cues_are_told_in_any_case_of_their_letters() -> None:
    assert seen("加Qq群") == [(0, 0)]


@settings(max_examples=40)
@given(st.lists(st.text("天好彩头记者(图:)编辑q群\n𠀀", max_size=24), min_size=1, max_size=5))
def test_every_cue_and_nothing_else_is_seen(texts: list[str]) -> None:
    assert max(map(len, texts)) < REACH
    held = [
        (line, number)
        for line, text in enumerate(texts)
        for number, pattern in RULES.select("number", "pattern").iter_rows()
        if any(cue in text.lower() for cue in signs_of(pattern).cues)
    ]
    assert seen(*texts) == held
