"""The frame every finder of names returns: rows of a document and a surface it proposes."""

from __future__ import annotations

import polars as pl

SCHEMA: dict[str, pl.DataType] = {
    "doc": pl.UInt32(),
    "surface": pl.String(),
    "entity_type": pl.String(),
    "entity_subtype": pl.String(),
    "canonical": pl.String(),
    "strength": pl.Int8(),
}


def candidates(
    found: pl.DataFrame, entity_type: str, entity_subtype: str | pl.Expr, *, strength: int, distinct: bool = True
) -> pl.DataFrame:
    """Columns SCHEMA from a frame with doc and surface; the surface is the canonical name.

    `strength` 3 overrules the gazetteer; 2 stands alone; 1 needs to be met twice in the article, so its rows stay as many as its places.
    """
    subtype = pl.lit(entity_subtype) if isinstance(entity_subtype, str) else entity_subtype
    rows = found.select(
        pl.col("doc").cast(pl.UInt32),
        "surface",
        entity_type=pl.lit(entity_type),
        entity_subtype=subtype,
        canonical="surface",
        strength=pl.lit(strength, pl.Int8),
    )
    return rows.unique() if distinct else rows


def none() -> pl.DataFrame:
    """A candidate frame without rows."""
    return pl.DataFrame(schema=SCHEMA)


def matches(texts: pl.DataFrame, pattern: str) -> pl.DataFrame:
    """Columns doc, surface, times: each distinct match of a document and how often it stands there."""
    return (
        texts.select("doc", surface=pl.col("text").str.extract_all(pattern))
        .explode("surface")
        .drop_nulls()
        .group_by("doc", "surface")
        .agg(times=pl.len())
    )
