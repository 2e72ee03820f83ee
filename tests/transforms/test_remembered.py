"""Answers are kept, never changed: each word is asked about once, and in any order the answers are the same."""

from __future__ import annotations

from weakref import ref

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms import remembered
from transforms.remembered import Remembered, latest


class Sizes:
    """How long words are; notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def __call__(self, words: pl.Series) -> pl.DataFrame:
        self.asked.append(sorted(words))
        return pl.DataFrame({"word": words, "size": words.str.len_chars().cast(pl.Int64)})


def series(words: list[str]) -> pl.Series:
    return pl.Series("word", words, pl.String)


def test_each_word_is_asked_about_once() -> None:
    sizes = Sizes()
    size = Remembered(sizes)
    assert size(series(["火星", "探测器", "火星"])).rows() == [("火星", 2), ("探测器", 3), ("火星", 2)]
    assert size(series(["月", "火星"]))["size"].to_list() == [1, 2]
    assert sizes.asked == [["探测器", "火星"], ["月"]]


def test_no_word_has_no_answer() -> None:
    assert Remembered(Sizes())(series([])).rows() == []


@settings(max_examples=30)
@given(st.lists(st.lists(st.text("甲乙丙丁", max_size=3), max_size=8), max_size=5))
def test_the_answer_is_that_of_the_question(asked: list[list[str]]) -> None:
    size = Remembered(Sizes())
    for words in asked:
        assert size(series(words)).equals(Sizes()(series(words)))


def test_what_is_too_much_is_forgotten_and_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "REMEMBERED", 2)
    sizes = Sizes()
    size = Remembered(sizes)
    for words in (["甲", "乙"], ["甲", "丙"], ["丙"]):
        assert size(series(words))["word"].to_list() == words
    assert sizes.asked == [["乙", "甲"], ["丙", "甲"]]


def test_the_latest_frames_are_answered_for_once() -> None:
    made: list[int] = []

    @latest
    def height(one: pl.DataFrame, other: pl.DataFrame) -> int:
        made.append(one.height + other.height)
        return made[-1]

    one, other = pl.DataFrame({"a": [1]}), pl.DataFrame({"a": [1, 2]})
    assert [height(one, other), height(one, other), height(other, other), height(one, other)] == [3, 3, 4, 3]
    assert made == [3, 4, 3]


def test_an_answer_goes_with_its_frames() -> None:
    @latest
    def told(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.with_columns(b=1)

    one = pl.DataFrame({"a": [1]})
    kept = ref(told(one))
    assert kept() is not None
    del one
    assert kept() is None


def test_an_answer_that_holds_its_frames_makes_way_for_the_next() -> None:
    @latest
    def held(frame: pl.DataFrame) -> list[pl.DataFrame]:
        return [frame]

    assert [held(pl.DataFrame({"word": [word]}))[0]["word"][0] for word in ("月", "火星")] == ["月", "火星"]
