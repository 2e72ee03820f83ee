"""What a verdict or a relation rests on, in words: figures and names that differ, and the passage both texts have."""

from __future__ import annotations

import polars as pl

from transforms.dedup.characters import letter_places


def told(judged: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """The pairs with `evidence`; where it names both texts it has the smaller id's first, as `one|other`.

    Args:
        judged: What `with_relations` returns.
        documents: Of every id among them `document_id`, `body_hans`.
    """
    figures = _differing("figures", "aligned", "differing", "differences")
    names = _differing("names", "aligned_names", "differing_names", "differences_names")
    parts = [
        figures,
        pl.when(pl.col("differing_names") > 0).then(names),
        pl.when(pl.col("start").is_not_null()).then(_passage()),
    ]
    return _located(judged, documents).with_columns(
        evidence=pl.when("same_letters")
        .then(pl.lit("same letters"))
        .otherwise(pl.concat_str(parts, separator="; ", ignore_nulls=True))
    )


def _differing(what: str, aligned: str, differing: str, differences: str) -> pl.Expr:
    same = pl.concat_str(pl.lit(f"shared {what} "), pl.col(aligned) - pl.col(differing))
    count = pl.concat_str(same, pl.lit(", differing "), differing)
    shown = pl.coalesce(pl.concat_str(count, pl.lit(": "), differences), count)
    return pl.when(pl.col(differing) > 0).then(shown).otherwise(same)


def _passage() -> pl.Expr:
    """The longest passage, where it starts, and how much of either text lies in passages."""
    is_first = pl.col("short_id") == pl.col("document_id")
    shares = (
        pl.format("{}%", (100 * pl.col("told") / pl.col(side)).clip(0, 100).round(0).cast(pl.Int64))
        for side in ("short", "long")
    )
    short_share, long_share = shares
    return pl.format(
        "longest shared passage {} letters at {}|{}, shared {}|{}",
        "longest",
        pl.when(is_first).then("start").otherwise("start_other"),
        pl.when(is_first).then("start_other").otherwise("start"),
        pl.when(is_first).then(short_share).otherwise(long_share),
        pl.when(is_first).then(long_share).otherwise(short_share),
    )


def _located(judged: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """The pairs with `start`, `start_other`: offsets of the longest passage in the shorter and the longer body.

    Null where no passage was looked for, or there is no relation to show.
    """
    shown = judged.filter(pl.col("relation").is_not_null() & (pl.col("longest") > 0))
    ids = pl.concat([shown["short_id"], shown["long_id"]]).unique()
    places = letter_places(documents.filter(pl.col("document_id").is_in(ids.implode())))
    starts = (
        shown.select("short_id", "long_id", "start_short", "start_long")
        .join(places.rename({"document_id": "short_id", "places": "short_places"}), on="short_id")
        .join(places.rename({"document_id": "long_id", "places": "long_places"}), on="long_id")
        .select(
            "short_id",
            "long_id",
            start=pl.col("short_places").list.get("start_short"),
            start_other=pl.col("long_places").list.get("start_long"),
        )
    )
    return judged.join(starts, on=["short_id", "long_id"], how="left")
