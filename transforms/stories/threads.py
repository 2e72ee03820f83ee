"""Stories over days: each bundle carries on the one it follows."""

from __future__ import annotations

import polars as pl


def stories(story_articles: pl.DataFrame, story_bundles: pl.DataFrame, story_follows: pl.DataFrame) -> pl.DataFrame:
    """One row per article: `document_id`, `article_id`, `story_id`, `centrality`, sorted by document.

    `story_follows` names for a bundle the earlier bundle it carries on, which lies on an earlier day: following these
    always ends. A story is named for its article of the first night, the smallest id among several, so that what comes
    in later nights, or joins two stories, leaves the older name alone.
    """
    first = pl.col("article_id").sort_by("first_night", "article_id").first().over("thread_id")
    return (
        story_articles.join(_threads(story_bundles, story_follows), on=["document_id", "story_on"])
        .select("document_id", "article_id", story_id=first, centrality="centrality")
        .sort("document_id")
    )


def _threads(bundles: pl.DataFrame, follows: pl.DataFrame) -> pl.DataFrame:
    """The bundles with `thread_id`, the first bundle of what they carry on; each round doubles the steps taken."""
    reached = (
        bundles.select(bundle_id=pl.col("bundle_id").unique())
        .join(follows, on="bundle_id", how="left")
        .select("bundle_id", thread_id=pl.coalesce("earlier_bundle_id", "bundle_id"))
    )
    while True:
        on = reached.rename({"bundle_id": "thread_id", "thread_id": "further_id"})
        further = reached.join(on, on="thread_id", how="left").select(
            "bundle_id", thread_id=pl.coalesce("further_id", "thread_id")
        )
        if not _moved(reached, further):
            return bundles.join(further, on="bundle_id")
        reached = further


def _moved(before: pl.DataFrame, after: pl.DataFrame) -> bool:
    both = before.join(after, on="bundle_id", suffix="_after")
    return both.filter(pl.col("thread_id") != pl.col("thread_id_after")).height > 0
