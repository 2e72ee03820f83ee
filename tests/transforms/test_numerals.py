"""Numerals are read as numbers, however they are written."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms import numerals


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,205,300", 1_205_300),
        ("３．５", 3.5),
        ("二十七", 27),
        ("六百零九", 609),
        ("七百八", 780),
        ("两万四", 24_000),
        ("一亿亿", 1e16),
        ("3.6万亿", 3.6e12),
        ("8万5千", 85_000),
        ("贰仟叁佰", 2300),
        ("二〇一九", 2019),
        ("负十二点五", -12.5),
        ("三点二亿", 3.2e8),
        ("五分之二", 0.4),
        ("一又四分之三", 1.75),
        ("3/8", 0.375),
        ("7×10⁻³", 0.007),
        ("10²", 100),
        ("半", 0.5),
    ],
)
def test_a_numeral_is_worth_its_number(text: str, expected: float) -> None:
    assert numerals.value(text) == pytest.approx(expected)


@pytest.mark.parametrize("text", ["", "东", "三分之", "1/0", "点", "二十两"])
def test_what_is_no_numeral_has_no_value(text: str) -> None:
    assert numerals.value(text) is None


@pytest.mark.parametrize(
    "text", ["10⁹⁹⁹", "10" + "⁹" * 5000, "1.2.3×10⁵", "1e999", "9" * 400, "万" * 3000, "负" * 3000 + "一"]
)
def test_what_no_number_can_hold_has_no_value(text: str) -> None:
    assert numerals.value(text) is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("两三千", 2000, 3000), ("十七八", 17, 18), ("三五百", 300, 500), ("一百二三十", 120, 130),
        ("三千五六", 3500, 3600), ("三两", 2, 3), ("五六", 5, 6),
    ],
)  # fmt: skip
def test_two_neighbouring_digits_are_the_ends_of_a_guess(text: str, low: float, high: float) -> None:
    assert numerals.neighbours(text) == (low, high)


@pytest.mark.parametrize("text", ["两三千", "十七八", "二三十万"])
def test_a_guess_has_no_single_value(text: str) -> None:
    assert numerals.value(text) is None


@pytest.mark.parametrize("text", ["二〇二三", "一二三", "二十三", "五三", "一九"])
def test_other_runs_of_digits_are_no_guess(text: str) -> None:
    assert numerals.neighbours(text) is None


def written(number: int) -> str:
    """An integer below 10^12 in full Chinese."""
    for multiplier, word in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= multiplier:
            head, rest = divmod(number, multiplier)
            gap = "零" if rest and rest < multiplier // 10 else ""
            return written(head) + word + (gap + written(rest) if rest else "")
    return "零一二三四五六七八九"[number]


@settings(deadline=None)
@given(st.integers(0, 10**12 - 1))
def test_full_chinese_is_read_back(number: int) -> None:
    assert numerals.value(written(number)) == number


@settings(deadline=None)
@given(st.lists(st.sampled_from(["十二", "3.5万", "没有", "1/4", "百"]), max_size=8))
def test_a_column_is_read_like_its_texts(texts: list[str]) -> None:
    column = pl.Series(texts, dtype=pl.String)
    assert numerals.values(column).to_list() == [numerals.value(text) for text in texts]
