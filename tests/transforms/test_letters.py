"""Names are looked for in the letters of many texts at once."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.entities.letters import longest, occurrences
from transforms.letters import LONGEST, letters_of
from transforms.points import joint

TEXTS = st.lists(st.text("江苏产研院🙂A\n", max_size=40), min_size=1, max_size=5)
NAMES = st.lists(st.text("江苏产研院🙂A", min_size=2, max_size=9), unique=True, max_size=12)


def found(texts: list[str], names: list[str]) -> list[tuple[int, str, int, int]]:
    spelt = pl.Series(names, dtype=pl.String)
    hits = occurrences(letters_of(pl.Series(texts)), spelt)
    hits = hits.with_columns(surface=spelt.gather(hits["surface"]))
    return hits.select("doc", "surface", "offset", "size").sort("doc", "offset", "size").rows()


def test_a_name_is_found_wherever_it_stands() -> None:
    assert found(["产研院和产研院", "江苏产研院"], ["产研院"]) == [
        (0, "产研院", 0, 3),
        (0, "产研院", 4, 3),
        (1, "产研院", 2, 3),
    ]


def test_names_within_names_are_found_too() -> None:
    assert found(["江苏产研院"], ["江苏产研院", "产研院", "江苏"]) == [
        (0, "江苏", 0, 2),
        (0, "江苏产研院", 0, 5),
        (0, "产研院", 2, 3),
    ]


def test_the_longest_name_has_as_many_letters_as_a_number_has_bits() -> None:
    name = "江" * (LONGEST - 1) + "苏"
    assert found([f"在{name}。"], [name]) == [(0, name, 1, LONGEST)]


def test_no_names_no_hits() -> None:
    assert found(["江苏"], []) == []


def test_a_name_that_shares_its_number_with_the_end_of_the_texts_is_found_in_them_alone() -> None:
    letters = np.arange(ord("一"), ord("龥"), dtype=np.uint32)
    first, second = np.repeat(letters[:100], len(letters)), np.tile(letters, 100)
    alike = np.flatnonzero(joint(first, second) == 0)[0]
    name = f"{chr(first[alike])}{chr(second[alike])}产研院"
    assert found([f"在{name}。", "江苏"], [name]) == [(0, name, 1, 5)]


@settings(max_examples=60)
@given(TEXTS, NAMES)
def test_every_occurrence_and_nothing_else(texts: list[str], names: list[str]) -> None:
    # A name does not reach from one text into the next: texts of documents end in a line break, names hold none.
    ended = [text + "\n" for text in texts]
    expected = [
        (doc, name, place, len(name))
        for doc, text in enumerate(ended)
        for place in range(len(text))
        for name in sorted(names, key=len)
        if text.startswith(name, place)
    ]
    assert found(ended, names) == expected


@pytest.mark.parametrize(
    ("spans", "kept"),
    [
        ([(0, 2), (0, 5)], [(0, 5)]),
        ([(0, 3), (2, 4)], [(0, 3)]),
        ([(0, 2), (2, 2)], [(0, 2), (2, 2)]),
    ],
    ids=["the longer of two that begin together", "the first of two that overlap", "neighbours"],
)
def test_of_overlapping_names_one_counts(spans: list[tuple[int, int]], kept: list[tuple[int, int]]) -> None:
    hits = pl.DataFrame(
        [(0, *span) for span in spans], {"doc": pl.UInt32, "offset": pl.Int64, "size": pl.Int64}, orient="row"
    )
    assert longest(hits).select("offset", "size").rows() == kept
