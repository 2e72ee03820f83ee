"""The frame every finder of names returns: one row per document and surface it proposes."""

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
    found: pl.DataFrame, entity_type: str, entity_subtype: str, *, strength: int, canonical: pl.Expr | None = None
) -> pl.DataFrame:
    """Columns SCHEMA from a frame with doc and surface; the canonical name is the surface unless given."""
    return found.select(
        pl.col("doc").cast(pl.UInt32),
        "surface",
        entity_type=pl.lit(entity_type),
        entity_subtype=pl.lit(entity_subtype),
        canonical=pl.col("surface") if canonical is None else canonical,
        strength=pl.lit(strength, pl.Int8),
    ).unique(maintain_order=False)


def none() -> pl.DataFrame:
    """A candidate frame without rows."""
    return pl.DataFrame(schema=SCHEMA)
