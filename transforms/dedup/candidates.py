"""Candidate pairs from keys in pieces that fit anywhere: what `warehouse/sql/chunk/candidates.sql` says, for a cluster.

Keys are dealt out by hash, each partition counts the pairs of its keys, and the counts of a pair are added up where the
pair belongs. Sums of whole numbers do not ask for an order, so any number of pieces gives the same pairs.
"""

from __future__ import annotations

import polars as pl

MOST_CARRIERS = 400
LEAST_CHARS = 12
# What a pair shares stands for one in so many characters of the shorter body, at least.
LEAST_SHARE = 5
# Pairs made at a time: bounds the memory of a partition of busy keys, changes nothing else.
PAIRS_AT_ONCE = 1_000_000

KEYS = pl.Schema(
    {
        "clause_hash": pl.Int64,
        "document": pl.UInt64,
        "clause_chars": pl.Int64,
        "char_count": pl.Int64,
        "is_new": pl.Boolean,
    }
)
COUNTS = pl.Schema(
    {
        "document": pl.UInt64,
        "other_document": pl.UInt64,
        "shared_chars": pl.Int64,
        "shared_keys": pl.Int64,
        "shorter_chars": pl.Int64,
    }
)
PAIR = ["document", "other_document"]
# Identifiers are digests: any remainder spreads them. Prime, so that it has nothing in common with the partitions.
_SPREAD = 1_000_003


def dealt(rows: pl.DataFrame, by: list[str], partitions: int) -> dict[int, pl.DataFrame]:
    """The rows by partition; rows that agree in `by` meet in one. A partition without rows is left out."""
    place = pl.sum_horizontal(pl.col(by).reinterpret(signed=False) % _SPREAD) % partitions
    parts = rows.with_columns(partition=place).partition_by("partition", as_dict=True, include_key=False)
    return {int(str(number)): part for (number,), part in parts.items()}


def trimmed(keys: pl.DataFrame) -> pl.DataFrame:
    """One shard of the keys without the rows that cannot matter.

    A key beyond the limit within a shard is beyond it everywhere: one row more than the limit says so, and no machine
    is sent the millions of rows of a stock phrase.

    Args:
        keys: Rows of KEYS, a document and key at most once.
    """
    return keys.filter(pl.int_range(pl.len()).over("clause_hash") <= MOST_CARRIERS)


def counted(keys: pl.DataFrame) -> pl.DataFrame:
    """What the keys of one partition say of every pair of documents of which one is new.

    Args:
        keys: Rows of KEYS, all those of the keys among them, whichever shards they came from.

    Returns:
        Rows of COUNTS, `document` < `other_document`, one per pair.
    """
    carried = (
        keys.group_by("clause_hash")
        .agg(carriers=pl.len().cast(pl.Int64), new=pl.col("is_new").sum().cast(pl.Int64))
        .filter(pl.col("carriers").is_between(2, MOST_CARRIERS) & (pl.col("new") > 0))
        .select("clause_hash", batch=(pl.col("carriers") * pl.col("new")).cum_sum() // PAIRS_AT_ONCE)
    )
    batches = keys.join(carried, on="clause_hash").partition_by("batch", include_key=False)
    return _added([COUNTS.to_frame(), *map(_met, batches)])


def _met(keys: pl.DataFrame) -> pl.DataFrame:
    """The counts of the pairs that meet in these keys."""
    new, other = pl.col("document"), pl.col("document_other")
    return (
        keys.filter("is_new")
        .join(keys, on="clause_hash", suffix="_other")
        # Two new documents meet twice, from either side.
        .filter((new < other) | (~pl.col("is_new_other") & (new != other)))
        .group_by(document=pl.min_horizontal(new, other), other_document=pl.max_horizontal(new, other))
        .agg(
            shared_chars=pl.min_horizontal("clause_chars", "clause_chars_other").sum(),
            shared_keys=pl.len().cast(pl.Int64),
            shorter_chars=pl.min_horizontal("char_count", "char_count_other").first(),
        )
    )


def _added(counts: list[pl.DataFrame]) -> pl.DataFrame:
    return (
        pl.concat(counts)
        .group_by(PAIR)
        .agg(pl.col("shared_chars", "shared_keys").sum(), pl.col("shorter_chars").first())
    )


def worth_comparing(counts: list[pl.DataFrame]) -> pl.DataFrame:
    """The pairs that share enough, from all counts of the pairs of one partition.

    Args:
        counts: Rows of COUNTS as `counted` returns them, of every partition of the keys.

    Returns:
        `document`, `other_document`, `shared_chars`, `shared_keys`, sorted by the two documents.
    """
    enough = (pl.col("shared_chars") >= LEAST_CHARS) & (pl.col("shared_chars") * LEAST_SHARE >= pl.col("shorter_chars"))
    return _added([COUNTS.to_frame(), *counts]).filter(enough).drop("shorter_chars").sort(PAIR)
