"""Quantities that lost a mark on their way: the text stays, what it may have been is told."""

from __future__ import annotations

import polars as pl


def doubted(rows: pl.DataFrame) -> pl.DataFrame:
    """Mark a whole number that is a range without its dash: its digits fall into two in the proportion of a range nearby.

    2~10个 beside 10~50个 loses its dash and reads 210个: 2 to 10 is as 10 to 50.
    """
    ranges = (
        rows.filter((pl.col("kind") == "range") & (pl.col("value_min") > 0))
        .select("document_id", "unit_text", low="value_min", high="value_max")
        .unique(maintain_order=True)
        .with_row_index("range_no")
        .with_columns(_proportion("low", "high"))
    )
    digits = pl.col("text").str.extract("^([0-9]{2,6})")
    counts = rows.filter((pl.col("kind") == "count") & (pl.col("value") >= 12) & digits.is_not_null())
    splits = (
        counts.select("document_id", "unit_text", "text_no", "start_offset", digits=digits)
        .with_columns(cut=pl.int_ranges(1, pl.col("digits").str.len_chars()))
        .explode("cut", empty_as_null=False)
        .with_columns(
            first=pl.col("digits").str.slice(0, pl.col("cut")).cast(pl.Float64),
            last=pl.col("digits").str.slice(pl.col("cut")).cast(pl.Float64),
        )
        .filter((pl.col("first") < pl.col("last")) & ~pl.col("digits").str.slice(pl.col("cut")).str.starts_with("0"))
        .with_columns(_proportion("first", "last"))
        # By their proportion, not each with each: a page of tables has thousands of both.
        .join(ranges, on=["document_id", "unit_text", "proportion"])
        .filter(pl.col("first") * pl.col("high") == pl.col("last") * pl.col("low"))
        .sort("text_no", "start_offset", "range_no", "cut")
        .unique(["text_no", "start_offset"], keep="first", maintain_order=True)
        .select(
            "text_no",
            "start_offset",
            doubt=pl.format("dash lost: perhaps {}~{}", pl.col("first").cast(pl.Int64), pl.col("last").cast(pl.Int64)),
        )
    )
    return rows.join(splits, on=["text_no", "start_offset"], how="left", maintain_order="left").with_columns(
        is_suspect=pl.col("is_suspect") | pl.col("doubt").is_not_null(), note=pl.coalesce("note", "doubt")
    )


def _proportion(one: str, other: str) -> pl.Expr:
    """One number over the other, as a key: equal proportions of any two numbers are equal to the last digit kept."""
    return (pl.col(one) / pl.col(other)).round_sig_figs(12).alias("proportion")
