"""The letters of many texts in one array: places in it are numbers, and thousands of spans are read out at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from transforms.points import Numbers, Points, joint

Addresses = npt.NDArray[np.intp]
Classes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]

LONGEST = 63
"""Letters a name may have: the bits of a number."""
BMP = 0x10000
"""Letters from here on share one class: emoji and the rarest characters."""
NEWLINE = ord("\n")
# A control character stands between spans that are read out together; a text that holds one is read with a mark for it.
SEPARATOR, MARK = 0x1F, 0xFFFD


@dataclass(frozen=True)
class Letters:
    """Code points of texts, one text after the other.

    points: the code points, and zeros behind them, so that a look ahead needs no limit.
    starts: where each text begins, and the end of all.
    """

    points: Points
    starts: Numbers

    @cached_property
    def pairs(self) -> Addresses:
        """A number of PAIR_BITS for every letter and the one behind it; as wide as an address, like the words of Tokens."""
        return joint(self.points[:-1], self.points[1:]).astype(np.intp)

    @cached_property
    def breaks(self) -> Numbers:
        """Where every line ends."""
        return np.flatnonzero(self.points == NEWLINE)

    def document(self, place: Numbers) -> npt.NDArray[np.uint32]:
        """The number of the text each place lies in."""
        return (np.searchsorted(self.starts, place, side="right") - 1).astype(np.uint32)

    def classes(self, table: Classes) -> Classes:
        """What `table`, BMP + 1 values, says of every letter."""
        return table[np.minimum(self.points[: self.starts[-1]], BMP)]

    def spelt(self, begin: Numbers, end: Numbers) -> pl.Series:
        """The letters of every span, `end` exclusive; the spans may overlap, and be empty."""
        if not len(begin):
            return pl.Series("text", [], pl.String)
        behind = np.cumsum(end - begin + 1)
        place = np.arange(behind[-1])
        place += np.repeat(begin - np.append(0, behind[:-1]), end - begin + 1)
        spelt = self.points[place]
        spelt[spelt == SEPARATOR] = MARK
        spelt[behind - 1] = SEPARATOR
        joined = spelt[:-1].tobytes().decode("utf-32-le")
        return pl.Series("text", [joined]).str.split(chr(SEPARATOR)).explode()


def windows(inside: Flags, beside: Flags, held: Flags) -> tuple[Numbers, Numbers]:
    """Begin and end of every run of letters `inside` that holds one of those to be held, all of which are inside.

    `beside` says of every letter whether the one behind it may be of the same run.
    """
    goes_on = inside[:-1] & inside[1:] & beside[:-1]
    begin = np.flatnonzero(inside & ~np.append(False, goes_on))
    end = np.flatnonzero(inside & ~np.append(goes_on, False)) + 1
    # Between two runs nothing is held: what stands from one to the next is as good as the run.
    run = np.flatnonzero(np.logical_or.reduceat(held, begin)) if len(begin) else begin
    return begin[run], end[run]


def letters_of(texts: pl.Series) -> Letters:
    """The letters of the texts."""
    points = np.frombuffer((texts.str.join().item() + "\0" * (LONGEST + 2)).encode("utf-32-le"), np.uint32)
    return Letters(points, np.concatenate([[0], np.cumsum(texts.str.len_chars().to_numpy(), dtype=np.int64)]))


def table_of(*classes: str) -> Classes:
    """A table for `Letters.classes`: bit n is set for the letters of the n-th class."""
    table = np.zeros(BMP + 1, np.uint8)
    for bit, letters in enumerate(classes):
        table[np.array([min(ord(letter), BMP) for letter in set(letters)], np.intp)] |= np.uint8(1 << bit)
    return table
