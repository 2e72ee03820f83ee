"""Stories over days: each bundle carries on the one it follows."""

from __future__ import annotations

import polars as pl


def stories(story_articles: pl.DataFrame, story_bundles: pl.DataFrame, story_follows: pl.DataFrame) -> pl.DataFrame:
    """One row per article: `document_id`, `article_id`, `story_id`, `centrality`, sorted by document.

    `story_follows` names for a bundle the earlier bundle it carries on, which lies on an earlier day: following these
    always ends. A story is named for its article of the first night, the smallest id among several, so that what comes
    in later nights, or joins two stories, leaves the older name alone.
    """
    threaded = story_articles.join(_threads(story_bundles, story_follows), on=["document_id", "story_on"])
    # Most articles stand alone and are named for themselves: only the others need looking at.
    several = threaded.filter(pl.len().over("thread_id") > 1)
    first = (
        several.sort("first_night", "article_id")
        .unique("thread_id", keep="first", maintain_order=True)
        .select("thread_id", story_id="article_id")
    )
    return (
        threaded.join(first, on="thread_id", how="left")
        .select("document_id", "article_id", story_id=pl.coalesce("story_id", "article_id"), centrality="centrality")
        .sort("document_id")
    )


def _threads(bundles: pl.DataFrame, follows: pl.DataFrame) -> pl.DataFrame:
    """The bundles with `thread_id`, the first bundle of what they carry on; each round doubles the steps taken."""
    reached = follows.select("bundle_id", thread_id="earlier_bundle_id")
    while True:
        beyond = reached.rename({"bundle_id": "thread_id", "thread_id": "further_id"})
        further = reached.join(beyond, on="thread_id", how="left")
        if further["further_id"].null_count() == further.height:
            break
        reached = further.select("bundle_id", thread_id=pl.coalesce("further_id", "thread_id"))
    return bundles.join(reached, on="bundle_id", how="left").with_columns(pl.coalesce("thread_id", "bundle_id"))
