"""Texts as code points and back."""

from __future__ import annotations

import numpy as np
import polars as pl

from transforms.points import begins, cut_out, edge, mapped, points, ranges, repeated

TABLE = np.arange(0x110000, dtype=np.uint32)
TABLE[ord("國")] = ord("国")


def test_texts_begin_where_the_ones_before_them_end() -> None:
    texts = pl.Series(["甲乙", "", "𠀀"])
    assert begins(texts).tolist() == [0, 2, 2, 3]
    assert points(texts, "|").tolist() == [ord(letter) for letter in "甲乙||𠀀"]


def test_every_code_point_is_mapped_and_texts_stay_apart() -> None:
    texts = pl.Series("t", ["中國", None, "", "\n國\x01\U0010ffff國"])
    assert mapped(texts, TABLE).equals(pl.Series("t", ["中国", None, "", "\n国\x01\U0010ffff国"]))


def test_the_edge_is_in_none_of_the_texts() -> None:
    assert edge(pl.Series(["甲"]), pl.Series(["\x01"])) == "\x02"


def test_texts_that_hold_every_control_and_the_last_thousand_letters_of_unicode_have_an_edge_before_them() -> None:
    held = [*range(1, 9), *range(0x10FC00, 0x110000)]
    assert edge(pl.Series(["".join(map(chr, held))])) == "\U0010fbff"


def test_ranges_are_written_one_behind_another() -> None:
    assert ranges(np.array([3, 7, 8]), np.array([5, 7, 10])).tolist() == [3, 4, 8, 9]


def test_what_is_cut_out_of_several_texts_is_told_in_the_order_asked() -> None:
    texts, start, end = pl.Series(["甲乙", "", "𠀀丙丁"]), pl.Series([3, 0, 2, 1]), pl.Series([5, 2, 3, 1])
    assert cut_out(texts, start, end).to_list() == ["丙丁", "甲乙", "𠀀", ""]
    assert cut_out(texts, start.clear(), end.clear()).to_list() == []


def test_a_number_is_repeated_wherever_its_other_one_stands() -> None:
    assert repeated(np.array([5, 2, 5, 9, 2, 5], np.uint64)).tolist() == [True, True, True, False, True, True]
    assert repeated(np.zeros(0, np.uint64)).tolist() == []
