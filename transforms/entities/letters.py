"""Where a thousand names stand in the letters of all texts, looked for at once, as numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from transforms.letters import LONGEST, Addresses, Letters, letters_of
from transforms.points import PAIR_BITS, Numbers, Points, joint

Hashes = npt.NDArray[np.uint64]

SPREAD = np.uint64(0x9E3779B97F4A7C15)
KEY = (pl.col("doc").cast(pl.UInt64) * 2**32 + pl.col("surface").cast(pl.UInt64)).alias("key")
"""A document and the number of a surface as one number: a third of the cost of both wherever rows are joined or told apart."""


def _prolonged(hashes: Hashes, points: Points) -> Hashes:
    """The hashes of spans that grow by one letter: equal spans have equal ones, others in practice never."""
    hashes = (hashes ^ points) * SPREAD
    hashes ^= hashes >> np.uint64(29)
    return hashes


def occurrences(letters: Letters, names: pl.Series) -> pl.DataFrame:
    """Every occurrence of every name, one inside the other too: doc, surface, offset and size in code points, KEY.

    `names` are distinct; `surface` is a place among them. Names of one letter are not looked for. The texts are read once,
    whatever the number of names: by the first four letters it is known which lengths may begin at a place, and only
    those are looked up.
    """
    size = names.str.len_chars().to_numpy().astype(np.int64)
    spelt = letters_of(names)
    fits = np.flatnonzero((size >= 2) & (size <= LONGEST))
    by_length = {length: _sorted_hashes(spelt, fits[size[fits] == length], length) for length in np.unique(size[fits])}
    places, possible = _possible(letters, spelt.pairs, spelt.starts[fits], size[fits])
    hashes = np.zeros(len(places), np.uint64)
    begin: list[Numbers] = [np.zeros(0, np.int64)]
    found: list[Numbers] = [np.zeros(0, np.int64)]
    for length in range(1, LONGEST + 1):
        hashes = _prolonged(hashes, letters.points[places + (length - 1)])
        if length in by_length:
            ids, known = by_length[length]
            asks = np.flatnonzero(possible & (np.uint64(1) << np.uint64(length)))
            nearest = np.searchsorted(known, hashes[asks]).clip(max=len(known) - 1)
            met = known[nearest] == hashes[asks]
            begin.append(places[asks[met]])
            found.append(ids[nearest[met]])
        goes_on = np.flatnonzero(possible >> np.uint64(min(length + 1, LONGEST)))
        places, possible, hashes = places[goes_on], possible[goes_on], hashes[goes_on]
    return _hits(letters, size, np.concatenate(begin), np.concatenate(found))


def _sorted_hashes(spelt: Letters, names: Numbers, length: int) -> tuple[Numbers, Hashes]:
    """Names of one length in the order of their hashes, and the hashes."""
    hashes = np.zeros(len(names), np.uint64)
    for step in range(length):
        hashes = _prolonged(hashes, spelt.points[spelt.starts[names] + step])
    order = np.argsort(hashes)
    return names[order], hashes[order]


def _four(pairs: Addresses, one: Numbers, other: Numbers) -> Points:
    """A number for the pairs of letters at each two places."""
    return joint(pairs[one].astype(np.uint32), pairs[other].astype(np.uint32))


def _possible(letters: Letters, pairs: Addresses, first: Numbers, size: Numbers) -> tuple[Numbers, Hashes]:
    """Places where a name may begin, and as bits the lengths it may have there.

    `first` are the places of the names in `pairs`, `size` their lengths. Three tables are asked one after the other:
    by the first two letters, by the third one, by the third and fourth one.
    """
    bits = np.uint64(1) << size.astype(np.uint64)
    table = np.zeros(2**PAIR_BITS, np.uint64)
    np.bitwise_or.at(table, pairs[first], bits)
    # Not in the zeros behind the texts: a name may share the number of two zeros, and a look ahead would leave the array.
    places = np.flatnonzero((table > 0)[letters.pairs[: letters.starts[-1]]])
    possible = table[letters.pairs[places]]
    for ahead in (1, 2):
        longer = ~np.uint64(2 ** (ahead + 2) - 1)
        asks = first[bits & longer > 0]
        table = np.zeros(2**PAIR_BITS, np.uint64)
        np.bitwise_or.at(table, _four(pairs, asks, asks + ahead), bits[bits & longer > 0])
        possible &= table[_four(letters.pairs, places, places + ahead)] | ~longer
        kept = np.flatnonzero(possible)
        places, possible = places[kept], possible[kept]
    return places, possible


def _hits(letters: Letters, size: Numbers, begin: Numbers, name: Numbers) -> pl.DataFrame:
    doc = letters.document(begin)
    columns: dict[str, Any] = {
        "doc": doc,
        "surface": name.astype(np.uint32),
        "offset": begin - letters.starts[doc],
        "size": size[name],
    }
    return pl.DataFrame(columns).with_columns(KEY)


def longest(hits: pl.DataFrame) -> pl.DataFrame:
    """The hits (doc, offset, size, …) that count, in order of place: of two that overlap the one that begins first,
    of two that begin together the longer one."""
    # One number a hit: they sort as document, offset and size together do, and no group is left before the next begins.
    begin = pl.col("doc").cast(pl.UInt64) * 2**32 + pl.col("offset").cast(pl.UInt64)
    order = hits.select(begin * (LONGEST + 1) + (LONGEST - pl.col("size")).cast(pl.UInt64)).to_series().arg_sort()
    reached = (begin + pl.col("size").cast(pl.UInt64)).cum_max().shift(1, fill_value=0)
    return hits[order].filter(begin >= reached)
