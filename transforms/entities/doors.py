"""Where a slow pattern is worth trying: the lines in which two letters it needs stand side by side."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import polars as pl

from transforms.letters import BMP, Classes, Letters
from transforms.points import PAIR_BITS, Numbers, Points, joint

CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def opened(letters: Letters, names: Iterable[str]) -> Numbers:
    """Places where the first two letters of one of the names stand, and of a few other pairs."""
    return np.flatnonzero(_pairs(names)[letters.pairs[: letters.starts[-1]]])


def opens(letters: Letters, places: Numbers, names: Iterable[str]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Whether the first two letters of one of the names stand at each of the places; so do a few other pairs."""
    return _pairs(names)[letters.pairs[places]]


def standing(letters: Letters, characters: Iterable[str]) -> Numbers:
    """Places where one of the characters stands."""
    points = letters.points[: letters.starts[-1]]
    return np.flatnonzero(np.logical_or.reduce([points == point for point in _points(characters)]))


def spaced(letters: Letters) -> pl.DataFrame:
    """Columns doc and text: the lines in which a word in Latin letters follows another one, or a sign of a model."""
    space = standing(letters, " ")
    space = space[holds(letters, space + 1, CAPITALS) & holds(letters, space - 1, CAPITALS.lower())]
    return lines_of(letters, space)


def holds(letters: Letters, places: Numbers, characters: Iterable[str]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Whether one of the characters stands at each of the places."""
    return _table(characters)[np.minimum(letters.points[places], BMP)] > 0


def windows_of(letters: Letters, places: Numbers, before: int, behind: int) -> pl.DataFrame:
    """Columns doc and text: the letters around each of the places, as far as its text goes."""
    doc = letters.document(places)
    begin = np.maximum(places - before, letters.starts[doc])
    end = np.minimum(places + behind, letters.starts[doc + 1])
    return pl.DataFrame({"doc": doc, "text": letters.spelt(begin, end)})


def lines_of(letters: Letters, places: Numbers) -> pl.DataFrame:
    """Columns doc and text: every line that one of the places lies in, once. Each text ends with a line."""
    line = np.unique(np.searchsorted(letters.breaks, places))
    begin, end = np.append(-1, letters.breaks)[line] + 1, letters.breaks[line]
    return pl.DataFrame({"doc": letters.document(begin), "text": letters.spelt(begin, end)})


def _pairs(names: Iterable[str]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """A flag for every pair of letters: whether one of the names opens with it."""
    first, second = (_points(column) for column in zip(*{name[:2] for name in names}, strict=True))
    table = np.zeros(2**PAIR_BITS, bool)
    table[joint(first, second)] = True
    return table


def _table(characters: Iterable[str]) -> Classes:
    """A value for every letter: 1 for the characters. None of them lies beyond the first plane of Unicode."""
    table = np.zeros(BMP + 1, np.uint8)
    table[_points(characters)] = 1
    return table


def _points(characters: Iterable[str]) -> Points:
    """The code points of characters, sorted or not."""
    return np.array([ord(character) for character in characters], np.uint32)
