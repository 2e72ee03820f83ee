"""The days that have articles, and a digest of all a day's stories are made of."""

from __future__ import annotations

import polars as pl

WINDOW = 3
"""Days an event is carried on after: an article is linked with those of its day and of so many before."""
MODULUS = 2**61 - 1
"""A prime; what the digest is reckoned in."""


def story_days(story_articles: pl.DataFrame) -> pl.DataFrame:
    """One row per day that has articles: `story_day`, `story_on`, `articles`, sorted.

    `story_day` names the day and sums up the articles of the day and of the three before. While it stays the same
    there is nothing to do for the day; whatever comes, goes or changes its survivor makes it another one.
    """
    number = pl.col("document_id").str.to_integer(base=16, dtype=pl.Int128)
    # By the day as well: an article that moves within the window is another neighbour.
    digest = number.sum() * pl.col("story_on").first().to_physical().cast(pl.Int128)
    by_day = story_articles.group_by("story_on").agg(digest=digest, articles=pl.len().cast(pl.Int64))
    reached = pl.concat([by_day.with_columns(pl.col("story_on").dt.offset_by(f"{n}d")) for n in range(WINDOW + 1)])
    return (
        reached.group_by("story_on")
        .agg(pl.col("digest").sum() % MODULUS, pl.col("articles").sum())
        .join(by_day.select("story_on"), on="story_on", how="semi")
        .sort("story_on")
        .select(
            story_day=pl.format("{}:{}", pl.col("story_on").cast(pl.String), pl.col("digest").cast(pl.String)),
            story_on="story_on",
            articles="articles",
        )
    )
