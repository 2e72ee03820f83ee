"""Long lists of words that are asked for again and again: hashed once, where polars' `is_in` hashes them for every question."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from transforms.remembered import GREATEST

Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Listed:
    """Distinct words, told by their hashes.

    One of a million words shares its hash with one of 100,000 listed ones with a chance of 1 in 100 million.
    """

    def __init__(self, words: pl.Series) -> None:
        """`words` are distinct (String)."""
        self.words = words
        hashed = words.hash().to_numpy()
        self.order = np.append(np.argsort(hashed), 0)
        # Behind them all stands a greatest hash, which belongs to nobody.
        self.hashes = np.append(hashed[self.order[:-1]], GREATEST)

    def place(self, asked: pl.Series) -> pl.Series:
        """The place of each word in the list, null for one it has not."""
        place, found = self._found(asked)
        return pl.Series("place", place).zip_with(pl.Series(found), pl.Series([None], dtype=pl.Int64))

    def holds(self, asked: pl.Series) -> pl.Series:
        """Whether the list has each word."""
        return pl.Series(asked.name, self._found(asked)[1])

    def has(self, asked: pl.Expr) -> pl.Expr:
        """Whether the list has each word, null for null: what `is_in` says."""
        return pl.when(asked.is_not_null()).then(asked.map_batches(self.holds, return_dtype=pl.Boolean))

    def _found(self, asked: pl.Series) -> tuple[Places, Flags]:
        hashed = asked.hash().to_numpy()
        near = np.searchsorted(self.hashes, hashed)
        return self.order[near], self.hashes[near] == hashed
