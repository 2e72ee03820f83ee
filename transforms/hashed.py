"""Words are told by their hashes, which are looked up many times faster than strings."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

GREATEST = np.uint64(2**64 - 1)
"""Stands behind all hashes and belongs to nobody."""


class Hashed:
    """Distinct hashes, each with its place: the order in which they came to be known.

    Two of a million words share a hash with a chance of 1 in 30 million, one of a million with one of 100,000 others with
    a chance of 1 in 100 million.
    """

    def __init__(self, hashes: Hashes) -> None:
        """`hashes` are distinct."""
        # In order, and the place of each of them.
        self.sorted = np.array([GREATEST])
        self.order: Places = np.zeros(1, np.int64)
        self.add(hashes)

    def __len__(self) -> int:
        """How many are known."""
        return len(self.order) - 1

    def add(self, hashes: Hashes) -> None:
        """Know more: `hashes` are distinct, and none of them is known."""
        fresh = np.argsort(hashes)
        known = np.concatenate([self.sorted[:-1], hashes[fresh], [GREATEST]])
        order = np.concatenate([self.order[:-1], len(self) + fresh, [0]])
        # Two sorted runs are merged, which is much less than sorting.
        merged = np.argsort(known, kind="stable")
        self.sorted, self.order = known[merged], order[merged]
        # As many addresses as there are hashes: filling in a quarter of a million of them for a hundred would be dear.
        bits = len(known).bit_length()
        self.shift = np.uint64(64 - bits)
        addressed = np.bincount((self.sorted >> self.shift).astype(np.int64), minlength=1 << bits)
        self.begins = np.cumsum(addressed) - addressed

    def places(self, asked: Hashes) -> tuple[Places, Flags]:
        """The place of each hash, and whether it is known; the place of one that is not says nothing."""
        # Hashes spread evenly: the first bits of one say where it lies but for a few steps.
        near = self.begins[asked >> self.shift]
        met = self.sorted[near]
        late = np.flatnonzero(met < asked)
        while len(late):
            near[late] += 1
            met[late] = self.sorted[near[late]]
            late = late[met[late] < asked[late]]
        return self.order[near], met == asked


def places(values: pl.Series, distinct: pl.Series) -> pl.Series:
    """The place (UInt32) of each value among the distinct ones, all of which are known; both are hashes (UInt64)."""
    return pl.Series("code", Hashed(distinct.to_numpy()).places(values.to_numpy())[0], pl.UInt32)
