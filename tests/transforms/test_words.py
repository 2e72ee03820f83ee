"""Segmented texts taken apart: every piece with the text it stands in, and words counted."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

from transforms.words import BOUNDARY, CLOSE, PARTS, Pieces, pieces, tally


def taken_apart(**texts: str) -> Pieces:
    """The pieces of one document; blanks part its words."""
    told = {part: [texts.get(part, "").replace(" ", BOUNDARY)] for part in PARTS}
    return pieces(pl.DataFrame({"document_id": ["d1"], **told}))


def read(found: Pieces) -> list[tuple[str, int]]:
    """Every piece with the number of its text."""
    return [(found.distinct[int(code)], int(part)) for code, part in zip(found.code, found.part, strict=True)]


def test_every_text_is_closed_by_a_paragraph() -> None:
    found = taken_apart(body_words="村里 修路", title_words="修路")
    assert read(found) == [("村里", 0), ("修路", 0), ("\n", 3), ("修路", 1), ("\n", 3), ("", 2), ("\n", 3)]


def test_a_paragraph_within_a_text_belongs_to_it() -> None:
    found = taken_apart(body_words="村里 \n 修路")
    assert read(found)[:4] == [("村里", 0), ("\n", 0), ("修路", 0), ("\n", 3)]


def test_a_text_that_holds_the_mark_of_its_end_goes_on_behind_it() -> None:
    found = taken_apart(body_words=f"村里 {CLOSE} 修路")
    assert read(found)[:4] == [("村里", 0), ("\ufffd", 0), ("修路", 0), ("\n", 3)]


@pytest.mark.parametrize(("times", "occurrences"), [(None, [1, 2]), (np.array([3, 1, 1]), [1, 4])])
def test_pairs_are_counted_once_or_as_often_as_told(times: Any, occurrences: list[int]) -> None:
    counted = tally(np.array([1, 0, 1], np.uint32), np.array([7, 9, 7], np.uint32), times)
    assert counted.select("row", "code").rows() == [(0, 9), (1, 7)]
    assert counted["occurrences"].to_list() == occurrences
    assert tally(np.zeros(0, np.uint32), np.zeros(0, np.uint32)).is_empty()
