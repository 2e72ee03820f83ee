"""Where the names of a document stand: the longest surface counts, its parts do not."""

from __future__ import annotations

import polars as pl


def occurrences(texts: pl.DataFrame, surfaces: pl.Series) -> pl.DataFrame:
    """Every occurrence of every surface, one inside the other too: doc, surface, offset (bytes into the text)."""
    # One automaton for all documents: one for each would cost more to build than to run.
    patterns = surfaces.unique().sort().implode()
    return (
        texts.select(
            "doc",
            offset=pl.col("text").str.find_many(patterns, overlapping=True),
            surface=pl.col("text").str.extract_many(patterns, overlapping=True),
        )
        .explode("offset", "surface")
        .drop_nulls("surface")
        .with_columns(pl.col("offset").cast(pl.Int64))
    )


def longest(hits: pl.DataFrame) -> pl.DataFrame:
    """The hits (doc, surface, offset, …) that count, in order of place: of two that overlap the one that begins first,
    of two that begin together the longer one."""
    begin, end = pl.col("offset"), pl.col("offset") + pl.col("surface").str.len_bytes().cast(pl.Int64)
    reached = pl.col("end").cum_max().shift(1).over("doc").fill_null(0)
    return (
        hits.with_columns(end=end)
        .sort("doc", "offset", "end", descending=[False, False, True])
        .filter(begin >= reached)
        .drop("end")
    )


def code_points(texts: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """`places` (doc, offset in bytes, …) with the offset turned into code points of the text, in order of place."""
    # Only the gap since the place before is counted, so that a text is read once and not once for each place.
    previous = pl.col("offset").shift(1).over("doc").fill_null(0)
    gap = pl.col("text").cast(pl.Binary).bin.slice(pl.col("previous"), pl.col("offset") - pl.col("previous"))
    return (
        places.sort("doc", "offset")
        .with_columns(previous=previous)
        .join(texts.select("doc", "text"), on="doc", how="left", maintain_order="left")
        .with_columns(offset=gap.cast(pl.String).str.len_chars().cast(pl.Int64).cum_sum().over("doc"))
        .drop("text", "previous")
    )
