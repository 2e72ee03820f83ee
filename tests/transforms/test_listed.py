"""Listed words: what `is_in` says of a list, without hashing the list for every question."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from transforms.listed import Listed

WORDS = st.lists(st.text("闵行浦东", max_size=2), max_size=6)


@given(listed=WORDS.map(set), asked=st.lists(st.none() | st.text("闵行浦东", max_size=2), max_size=6))
def test_a_list_has_what_is_in_it(listed: set[str], asked: list[str | None]) -> None:
    words, question = (
        pl.Series(sorted(listed), dtype=pl.String),
        pl.DataFrame({"word": asked}, schema={"word": pl.String}),
    )
    said = question.select(Listed(words).has(pl.col("word"))).to_series().to_list()
    assert said == [None if word is None else word in listed for word in asked]


@given(listed=WORDS.map(set), asked=WORDS)
def test_each_word_has_its_place(listed: set[str], asked: list[str]) -> None:
    words = sorted(listed)
    places = Listed(pl.Series(words, dtype=pl.String)).place(pl.Series(asked, dtype=pl.String)).to_list()
    assert places == [words.index(word) if word in listed else None for word in asked]
