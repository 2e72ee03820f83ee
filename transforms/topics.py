"""Topics: what an article is about, by the cue words it uses."""

from __future__ import annotations

import polars as pl

SEPARATOR = "｜"
TITLE_WEIGHT = 3.0
PARENT_WEIGHT = 0.5
"""What a root's own cue words add to its topics: they tell the field, not the topic."""
KEPT = 3
ENOUGH = 1.5
"""Evidence a topic needs: two different cue words, or one that recurs or stands in the title."""
CLOSE = 0.35
"""Share of the strongest topic's evidence a further topic needs."""


def document_topics(documents: pl.DataFrame, topics: pl.DataFrame) -> pl.DataFrame:
    """One row per document and topic, at most three: `document_id`, `topic_id`, `weight`, sorted.

    `documents` has `document_id`, `title_hans`, `body_hans`; `topics` is the seed table (`topic_id`,
    `parent_topic_id`, `words`). A root stands only where none of its topics does; otherwise parents are implied.
    `weight` is the share of all the evidence found in the document.
    """
    cues = topics.select(
        "topic_id", parent=pl.col("parent_topic_id"), word=pl.col("words").str.split(SEPARATOR)
    ).explode("word")
    evidence = _evidence(_found(documents, cues["word"].unique().sort()), cues)
    ranked = evidence.filter(pl.col("evidence") >= ENOUGH).filter(
        pl.col("evidence") >= pl.col("evidence").max().over("document_id") * CLOSE
    )
    place = pl.int_range(pl.len()).over("document_id")
    return (
        ranked.sort("document_id", "evidence", "topic_id", descending=[False, True, False])
        .filter(place < KEPT)
        .select("document_id", "topic_id", weight=(pl.col("evidence") / pl.col("total")).round(6))
        .sort("document_id", "topic_id")
    )


def _found(documents: pl.DataFrame, words: pl.Series) -> pl.DataFrame:
    """How strongly each cue word speaks in each document: `document_id`, `word`, `strength`."""
    # The engine takes the first pattern that matches, so the longest goes first: 新能源汽车 is not 汽车.
    patterns = words.to_frame().sort(pl.col("word").str.len_chars(), "word", descending=[True, False])["word"].to_list()
    places = [("title_hans", TITLE_WEIGHT), ("body_hans", 1.0)]
    found = pl.concat(
        [
            documents.select("document_id", word=pl.col(text).str.extract_many(patterns, leftmost=True))
            .explode("word")
            .drop_nulls("word")
            .with_columns(count=pl.lit(weight))
            for text, weight in places
        ]
    )
    # A word used ten times says more than one used once, but not ten times more.
    return found.group_by("document_id", "word").agg(strength=1 + pl.col("count").sum().log())


def _evidence(found: pl.DataFrame, cues: pl.DataFrame) -> pl.DataFrame:
    """`document_id`, `topic_id`, `evidence`, `total`: each root's own evidence handed down where it has topics."""
    summed = (
        found.join(cues, on="word")
        .group_by("document_id", "topic_id", "parent")
        # Sorted before summing: floating-point sums must not depend on the order of rows.
        .agg(evidence=pl.col("strength").sort().sum())
    )
    leaves = summed.filter(pl.col("parent").is_not_null())
    roots = summed.filter(pl.col("parent").is_null()).select("document_id", parent="topic_id", own="evidence")
    strengthened = leaves.join(roots, on=["document_id", "parent"], how="left").select(
        "document_id", "topic_id", evidence=pl.col("evidence") + pl.col("own").fill_null(0.0) * PARENT_WEIGHT
    )
    alone = roots.join(
        leaves.filter(pl.col("evidence") >= ENOUGH).select("document_id", "parent").unique(),
        on=["document_id", "parent"],
        how="anti",
    ).select("document_id", topic_id="parent", evidence=pl.col("own"))
    total = pl.concat([strengthened, alone]).with_columns(evidence=pl.col("evidence").round(9))
    return total.with_columns(total=pl.col("evidence").sort().sum().over("document_id"))
