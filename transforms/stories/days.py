"""The days that have articles, and a digest of all a day's stories are made of."""

from __future__ import annotations

import polars as pl

WINDOW = 3
"""Days an event is carried on after: an article is linked with those of its day and of so many before."""
MODULUS = 2**61 - 1
"""A prime; what the digest is reckoned in."""
FACTOR = 2**31 - 1
"""A prime; what a document and the one that speaks for it are reduced to before they are multiplied."""


def story_days(story_articles: pl.DataFrame) -> pl.DataFrame:
    """One row per day that has articles: `story_day`, `story_on`, `articles`, sorted.

    `story_day` names the day and sums up the articles of the day and of the three before. While it stays the same
    there is nothing to do for the day; whatever comes, goes, changes its survivor or is compared through another
    document makes it another one.
    """
    document, voice = (pl.col(name).str.to_integer(base=16, dtype=pl.Int128) for name in ("document_id", "voice_id"))
    # The product: two articles that changed places would have the same sum.
    number = document + (document % FACTOR) * (voice % FACTOR)
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
