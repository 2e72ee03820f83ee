"""The letters of all texts in one array, where a thousand names are looked for at once, as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

Numbers = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Pairs = npt.NDArray[np.uint32]

BASE = 0x9E3779B97F4A7C15
"""Odd, so that it has an inverse: the hash of a span does not tell where the span stands."""
INVERSE = pow(BASE, -1, 2**64)
PAIR = (np.uint32(0x9E3779B1), np.uint32(0x85EBCA77))
PAIR_BITS = 18
LONGEST = 63
"""Letters a name may have: the bits of a number."""


@dataclass(frozen=True)
class Letters:
    """Code points of texts, one text after the other.

    points: the code points. starts: where each text begins, and the end of all.
    """

    points: npt.NDArray[np.uint32]
    starts: Numbers

    @cached_property
    def sums(self) -> Hashes:
        """Sum of code point times BASE to the power of its place, over the letters before each place."""
        powers = _powers(BASE, len(self.points))
        powers *= self.points
        return np.concatenate([np.zeros(1, np.uint64), np.cumsum(powers, dtype=np.uint64)])

    @cached_property
    def inverses(self) -> Hashes:
        """INVERSE to the power of each place."""
        return _powers(INVERSE, len(self.points) + 1)

    @cached_property
    def pairs(self) -> Pairs:
        """A number of PAIR_BITS for every letter and the one behind it."""
        mixed = self.points[:-1] * PAIR[0]
        mixed ^= self.points[1:] * PAIR[1]
        mixed >>= np.uint32(32 - PAIR_BITS)
        return mixed

    def hashes(self, begin: Numbers, end: Numbers) -> Hashes:
        """One number for each span of letters: equal spans have equal numbers, others in practice never."""
        return (self.sums[end] - self.sums[begin]) * self.inverses[begin]

    def document(self, place: Numbers) -> npt.NDArray[np.uint32]:
        """The number of the text each place lies in."""
        return (np.searchsorted(self.starts, place, side="right") - 1).astype(np.uint32)


def _powers(base: int, count: int) -> Hashes:
    factors = np.full(max(count, 1), base, np.uint64)
    factors[0] = 1
    return np.multiply.accumulate(factors)[:count]


def letters_of(texts: pl.Series) -> Letters:
    """The letters of the texts."""
    points = np.frombuffer("".join(texts.to_list()).encode("utf-32-le"), np.uint32)
    return Letters(points, np.concatenate([[0], np.cumsum(texts.str.len_chars().to_numpy(), dtype=np.int64)]))


def occurrences(letters: Letters, surfaces: pl.Enum) -> pl.DataFrame:
    """Every occurrence of every surface, one inside the other too: doc, surface, offset and size in code points.

    Names of one letter are not looked for. The texts are read once, whatever the number of names: by the first four
    letters it is known which lengths may begin at a place, and only those are looked up.
    """
    names = surfaces.categories
    size = names.str.len_chars().to_numpy().astype(np.int64)
    spelt = letters_of(names)
    known = spelt.hashes(spelt.starts[:-1], spelt.starts[1:])
    fits = (size >= 2) & (size <= LONGEST)
    places, possible = _possible(letters, spelt.pairs, spelt.starts[:-1][fits], size[fits])
    found: list[tuple[Numbers, Numbers]] = []
    for length in np.unique(size[fits]).tolist():
        begin = places[(possible >> np.uint64(length)) & np.uint64(1) > 0]
        begin = begin[begin + length <= len(letters.points)]
        ids = np.flatnonzero(size == length)
        order = np.argsort(known[ids])
        asked = letters.hashes(begin, begin + length)
        nearest = ids[order][np.searchsorted(known[ids][order], asked).clip(max=len(ids) - 1)]
        met = known[nearest] == asked
        found.append((begin[met], nearest[met]))
    return _hits(letters, surfaces, size, found)


def _possible(letters: Letters, pairs: Pairs, first: Numbers, size: Numbers) -> tuple[Numbers, Hashes]:
    """Places where a name may begin, and as bits the lengths it may have there.

    `first` are the places of the names in `pairs`, `size` their lengths. Three tables are asked one after the other:
    by the first two letters, by the third one, by the third and fourth one.
    """
    bits = np.uint64(1) << size.astype(np.uint64)
    begins = np.zeros(2**PAIR_BITS, bool)
    begins[pairs[first]] = True
    places = np.flatnonzero(begins[letters.pairs])
    possible = np.full(len(places), ~np.uint64(0))
    for shift, lengths in ((0, ~np.uint64(0)), (1, ~np.uint64(7)), (2, ~np.uint64(15))):
        asks = bits & lengths > 0
        table = np.zeros(2**PAIR_BITS, np.uint64)
        np.bitwise_or.at(table, _joint(pairs, first[asks], shift), bits[asks])
        possible &= table[_joint(letters.pairs, places, shift)] | ~lengths
        kept = np.flatnonzero(possible)
        places, possible = places[kept], possible[kept]
    return places, possible


def _joint(pairs: Pairs, place: Numbers, shift: int) -> Pairs:
    """A number of PAIR_BITS for the pair of letters at each place and the one `shift` further on."""
    if not shift:
        return pairs[place]
    further = pairs[np.minimum(place + shift, len(pairs) - 1)]
    return (pairs[place] * PAIR[1] ^ further * PAIR[0]) >> np.uint32(32 - PAIR_BITS)


def _hits(
    letters: Letters, surfaces: pl.Enum, size: Numbers, found: list[tuple[Numbers, Numbers]]
) -> pl.DataFrame:
    begin = np.concatenate([np.zeros(0, np.int64), *(begin for begin, _ in found)])
    name = np.concatenate([np.zeros(0, np.int64), *(name for _, name in found)])
    doc = letters.document(begin)
    columns: dict[str, Any] = {
        "doc": doc,
        "surface": pl.Series(name, dtype=pl.UInt32).cat.to(surfaces),
        "offset": begin - letters.starts[doc],
        "size": size[name],
    }
    return pl.DataFrame(columns)


def longest(hits: pl.DataFrame) -> pl.DataFrame:
    """The hits (doc, offset, size, …) that count, in order of place: of two that overlap the one that begins first,
    of two that begin together the longer one."""
    begin, end = pl.col("offset"), pl.col("offset") + pl.col("size")
    reached = pl.col("end").cum_max().shift(1).over("doc").fill_null(0)
    return (
        hits.with_columns(end=end)
        .sort("doc", "offset", "end", descending=[False, False, True])
        .filter(begin >= reached)
        .drop("end")
    )
