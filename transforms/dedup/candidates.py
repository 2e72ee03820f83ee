"""The counting join in pieces that fit anywhere: what `warehouse/sql/compare/counted.sql` says, for a cluster.

Keys are dealt out by hash, each partition counts the pairs of its keys, and the counts of a pair are added up where the
pair belongs. Sums of whole numbers do not ask for an order, so any number of pieces gives the same pairs.
"""

from __future__ import annotations

import polars as pl

# Pairs made at a time: bounds the memory of a partition of busy keys, changes nothing else.
PAIRS_AT_ONCE = 1_000_000

KEYS = pl.Schema(
    {
        "clause_hash": pl.Int64,
        "place": pl.Int64,
        "clause_chars": pl.Int64,
        "is_new": pl.Boolean,
        "is_asking": pl.Boolean,
    }
)
PAIR = ["place", "other_place"]
COUNTS = pl.Schema(dict.fromkeys([*PAIR, "shared_chars"], pl.Int64))
# Keys are digests: any remainder spreads them. Prime, so that it has nothing in common with the partitions.
_SPREAD = 1_000_003


def dealt(rows: pl.DataFrame, by: list[str], partitions: int) -> dict[int, pl.DataFrame]:
    """The rows by partition; rows that agree in `by` meet in one. A partition without rows is left out."""
    place = pl.sum_horizontal(pl.col(by).reinterpret(signed=False) % _SPREAD) % partitions
    parts = rows.with_columns(partition=place).partition_by("partition", as_dict=True, include_key=False)
    return {int(str(number)): part for (number,), part in parts.items()}


def counted(keys: pl.DataFrame) -> pl.DataFrame:
    """The characters that the keys of one partition show pairs to share: a document that asks, and a longer one.

    At least one of the two is new.

    Args:
        keys: Rows of KEYS, all those of the keys among them, whichever shards they came from; documents by their
            `place` from short to long.

    Returns:
        Rows of COUNTS, `place` < `other_place`, one per pair.
    """
    asking = pl.col("is_asking").sum().cast(pl.Int64)
    carried = (
        keys.group_by("clause_hash")
        .agg(carriers=pl.len().cast(pl.Int64), asking=asking)
        .filter((pl.col("carriers") > 1) & (pl.col("asking") > 0))
        .select("clause_hash", batch=(pl.col("carriers") * pl.col("asking")).cum_sum() // PAIRS_AT_ONCE)
    )
    batches = keys.join(carried, on="clause_hash").partition_by("batch", include_key=False)
    return added([_met(batch) for batch in batches])


def _met(keys: pl.DataFrame) -> pl.DataFrame:
    """The counts of the pairs that meet in these keys."""
    return (
        keys.filter("is_asking")
        .join(keys, on="clause_hash", suffix="_other")
        .filter((pl.col("place") < pl.col("place_other")) & (pl.col("is_new") | pl.col("is_new_other")))
        .group_by("place", other_place="place_other")
        .agg(shared_chars=pl.min_horizontal("clause_chars", "clause_chars_other").sum())
    )


def added(counts: list[pl.DataFrame]) -> pl.DataFrame:
    """The counts of each pair in one row; sorted by the two documents.

    Args:
        counts: Rows of COUNTS, of one partition of the pairs from every partition of the keys.
    """
    return pl.concat([COUNTS.to_frame(), *counts]).group_by(PAIR).agg(pl.col("shared_chars").sum()).sort(PAIR)
