"""Some rows of a column replaced, the column itself left as it is."""

from __future__ import annotations

import polars as pl


def with_rows(texts: pl.Series, rows: pl.Series, values: pl.Series) -> pl.Series:
    """A copy of `texts` that holds `values` at the positions `rows`: `Series.scatter` alone writes into its caller."""
    return texts.clone().scatter(rows, values) if len(rows) else texts
