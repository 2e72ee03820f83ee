"""Patterns of many alternatives, most texts of which hold only the common ones.

The regex engine builds its automaton while it reads and keeps two megabytes of it. One of many alternatives outgrows
that, is thrown away and built anew all the time: twenty times slower than one that fits. Alternatives that few texts
hold are therefore asked for by themselves, each by a small automaton, and only texts that hold one are read with all.
"""

from __future__ import annotations

from typing import NamedTuple

import polars as pl


class Alternatives(NamedTuple):
    """One pattern in two sizes.

    whole: all alternatives in order of preference. rare: those few texts hold. common: the whole without the rare ones,
    which in a text that holds none of these finds what the whole finds.
    """

    whole: str
    common: str
    rare: tuple[str, ...] = ()

    def are_rare(self, text: pl.Expr) -> pl.Expr:
        """Whether a text holds a rare alternative."""
        return pl.any_horizontal(pl.lit(value=False), *(text.str.contains(each) for each in self.rare))

    def extract_all(self, texts: pl.Series) -> pl.Series:
        """The matches of the whole in each text, in order (List of String)."""
        is_rare = texts.to_frame("text").select(self.are_rare(pl.col("text"))).to_series()
        # A text that is not asked is empty: that costs the engine nothing, a NULL as much as the text it hides.
        rare, common = (texts.zip_with(some, pl.repeat("", len(texts), eager=True)) for some in (is_rare, ~is_rare))
        return rare.str.extract_all(self.whole).zip_with(is_rare, common.str.extract_all(self.common))
