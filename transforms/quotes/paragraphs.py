"""The paragraphs of bodies: no quotation and no report but an announced one reaches from one into the next."""

from __future__ import annotations

import polars as pl

from transforms.lines import of_first


def paragraphs(bodies: pl.DataFrame) -> pl.DataFrame:
    """One row per paragraph, in reading order: document_id, body, line (its number), text, and begin, its place in the body.

    `bodies` has document_id and text.
    """
    split = bodies.select("document_id", body="text", text=pl.col("text").str.split("\n")).with_row_index("row")
    size = pl.col("text").str.len_chars().cast(pl.Int64) + 1
    return (
        split.explode("text", empty_as_null=False)
        .with_columns(behind=size.cum_sum() - size)
        .with_columns(begin=pl.col("behind") - of_first("behind", "row"))
        .drop("row", "behind")
        .with_row_index("line")
    )
