"""Doors: the lines of texts in which two letters stand that a pattern cannot do without."""

from __future__ import annotations

import numpy as np
import polars as pl

from transforms.entities.doors import holds, lines_of, opened
from transforms.letters import letters_of

TEXTS = pl.Series(["书记王远山说。\n局长来了\n", "\n", "市长和局长\n书记\n"])


def lines(*names: str) -> list[tuple[int, str]]:
    letters = letters_of(TEXTS)
    return lines_of(letters, opened(letters, names)).rows()


def test_a_line_is_opened_by_the_first_two_letters_of_a_name() -> None:
    assert lines("书记处") == [(0, "书记王远山说。"), (2, "书记")]


def test_a_line_that_holds_several_names_is_read_once() -> None:
    assert lines("市长", "局长") == [(0, "局长来了"), (2, "市长和局长")]


def test_what_stands_at_the_end_of_a_line_and_at_the_beginning_of_the_next_is_no_name() -> None:
    assert lines("长书", "了市") == []


def test_where_no_name_stands_there_is_no_line() -> None:
    assert lines("部长") == []


def test_a_place_holds_one_of_the_characters() -> None:
    letters = letters_of(TEXTS)
    assert holds(letters, np.array([0, 2, 5]), ["王", "书"]).tolist() == [True, True, False]
