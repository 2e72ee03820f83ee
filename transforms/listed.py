"""Long lists of words that are asked for again and again: hashed once, where polars' `is_in` hashes them for every question."""

from __future__ import annotations

import polars as pl

from transforms.hashed import Hashed


class Listed:
    """Distinct words, told by their hashes."""

    def __init__(self, words: pl.Series) -> None:
        """`words` are distinct (String)."""
        self.words = words
        self.hashed = Hashed(words.hash().to_numpy())

    def place(self, asked: pl.Series) -> pl.Series:
        """The place of each word in the list, null for one it has not."""
        place, found = self.hashed.places(asked.hash().to_numpy())
        return pl.Series("place", place).zip_with(pl.Series(found), pl.Series([None], dtype=pl.Int64))

    def holds(self, asked: pl.Series) -> pl.Series:
        """Whether the list has each word."""
        return pl.Series(asked.name, self.hashed.places(asked.hash().to_numpy())[1])

    def has(self, asked: pl.Expr) -> pl.Expr:
        """Whether the list has each word, null for null: what `is_in` says."""
        return pl.when(asked.is_not_null()).then(asked.map_batches(self.holds, return_dtype=pl.Boolean))
