"""Which letters a regex may put side by side is read off the regex."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.neighbours import neighbours

LETTERS = st.sampled_from(["年", "月", "3", "[0-2]", r"\.", "[^》]"])
PATTERNS = st.recursive(
    LETTERS,
    lambda part: st.one_of(
        st.builds("{}{}".format, part, part),
        st.builds("(?:{}|{})".format, part, part),
        st.builds("(?:{}){}".format, part, st.sampled_from(["?", "*", "+", "{2}", "{0,1}", "{1,3}"])),
    ),
    max_leaves=6,
)


def spelt(pattern: str) -> set[str]:
    return {one + other for first, second in neighbours(pattern) for one in first for other in second}


@pytest.mark.parametrize(
    ("pattern", "pairs"),
    [
        ("第[一二]届?会", {"第一", "第二", "一届", "二届", "一会", "二会", "届会"}),
        ("年(?:初|底)|月", {"年初", "年底"}),
        ("(?:上个?)+月", {"上个", "上上", "个上", "上月", "个月"}),
        ("[0-1]{2}", {"00", "01", "10", "11"}),
        ("一{1}日{0,1}", {"一日"}),
        (r"\.[a-]", {".a", ".-"}),
        ("《[^》]*》", {"《》"}),
    ],
)
def test_letters_stand_together_as_the_pattern_has_them(pattern: str, pairs: set[str]) -> None:
    assert spelt(pattern) == pairs


@settings(max_examples=60)
@given(PATTERNS.filter(lambda pattern: "[^" not in pattern), st.text("年月3012.》", max_size=12))
def test_no_match_holds_any_other_pair(pattern: str, text: str) -> None:
    allowed = spelt(pattern)
    for match in re.finditer(pattern, text):
        assert {match[0][place : place + 2] for place in range(len(match[0]) - 1)} <= allowed


@pytest.mark.parametrize("pattern", ["^年", "年$", "第.届", r"\d年", "(?P<year>年)", "年+?", "(?=年)"])
def test_what_it_does_not_know_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="repetition"):
        neighbours(pattern)
