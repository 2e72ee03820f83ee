"""Topics: what an article is about, by the cue words it uses."""

from __future__ import annotations

import polars as pl

from transforms.words import joint, tally

SEPARATOR = "｜"
TITLE_WEIGHT = 3
PARENT_WEIGHT = 0.5
"""What a root's own cue words add to its topics: they tell the field, not the topic."""
KEPT = 3
ENOUGH = 1.5
"""Evidence a topic needs: two different cue words, or one that recurs or stands in the title."""
ENOUGH_OF_ROOT = 2.5
"""Of a root that stands alone: its words are general, so that two of them are needed, or one again and again."""
CLOSE = 0.35
"""Share of the strongest topic's evidence a further topic needs."""


def document_topics(documents: pl.DataFrame, topics: pl.DataFrame) -> pl.DataFrame:
    """One row per document and topic, at most three: `document_id`, `topic_id`, `weight`, sorted.

    `documents` has `document_id`, `title_hans`, `body_hans`; `topics` is the seed table (`topic_id`,
    `parent_topic_id`, `words`). A root stands only where none of its topics does; otherwise parents are implied.
    `weight` is the share of all the evidence found in the document.
    """
    # Documents, topics and words are numbers in the order of their ids: they group and sort ten times faster.
    ordered = documents.select("document_id", "title_hans", "body_hans").sort("document_id")
    known = pl.Enum(topics["topic_id"].unique().sort())
    topic, parent = (pl.col(name).cast(known).to_physical().cast(pl.UInt32) for name in ("topic_id", "parent_topic_id"))
    cues, others = (
        topics.select(topic=topic, parent=parent, word=pl.col(words).str.split(SEPARATOR)).explode("word")
        for words in ("words", "other_words")
    )
    evidence = _evidence(*_found(ordered, cues, others["word"].drop_nulls()))
    ranked = evidence.filter(pl.col("evidence") >= ENOUGH).filter(
        pl.col("evidence") >= pl.col("evidence").max().over("row") * CLOSE
    )
    kept = (
        ranked.sort("row", "evidence", "topic", descending=[False, True, False])
        .filter(pl.int_range(pl.len()).over("row") < KEPT)
        .sort("row", "topic")
    )
    return kept.select(
        ordered["document_id"].gather(kept["row"]),
        kept["topic"].cat.to(known).cast(pl.String).alias("topic_id"),
        weight=(pl.col("evidence") / pl.col("total")).round(6),
    )


def _found(documents: pl.DataFrame, cues: pl.DataFrame, others: pl.Series) -> tuple[pl.DataFrame, pl.DataFrame]:
    """How strongly each cue word speaks in each document: `row`, `word`, `strength`; and the cues with words as numbers."""
    # The engine takes the first pattern that matches, so the longest goes first: 新能源汽车 is not 汽车, and 纳米比亚,
    # one of the `others`, is not 纳米.
    words = (
        pl.concat([cues["word"], others])
        .unique()
        .to_frame("word")
        .sort(pl.col("word").str.len_chars(), "word", descending=[True, False])
    )
    spelling, patterns = pl.Enum(words["word"]), words["word"].to_list()
    number = pl.col("word").cast(spelling).to_physical().cast(pl.UInt32)
    places = [("title_hans", TITLE_WEIGHT), ("body_hans", 1)]
    found = pl.concat(
        [
            documents.select(word=pl.col(text).str.extract_many(patterns, leftmost=True))
            .with_row_index("row")
            .explode("word")
            .drop_nulls("word")
            .select("row", number, times=pl.lit(weight))
            for text, weight in places
        ]
    )
    told = tally(*(found[name].to_numpy() for name in ("row", "word", "times")))
    # A word used ten times says more than one used once, but not ten times more.
    strength = 1 + pl.col("occurrences").cast(pl.Float64).log()
    return told.select("row", word="code", strength=strength), cues.with_columns(number)


def _evidence(found: pl.DataFrame, cues: pl.DataFrame) -> pl.DataFrame:
    """`row`, `topic`, `evidence`, `total`: each root's own evidence handed down where it has topics."""
    summed = (
        found.join(cues, on="word")
        # Sorted before summing: floating-point sums must not depend on the order of rows.
        .sort("strength")
        .group_by(joint("row", "topic"), maintain_order=True)
        .agg(pl.col("row", "topic", "parent").first(), evidence=pl.col("strength").sum())
    )
    leaves = summed.filter(pl.col("parent").is_not_null())
    roots = summed.filter(pl.col("parent").is_null()).select("row", parent="topic", own="evidence")
    strengthened = leaves.join(roots, on=["row", "parent"], how="left").select(
        "row", "topic", evidence=pl.col("evidence") + pl.col("own").fill_null(0.0) * PARENT_WEIGHT
    )
    alone = (
        roots.join(
            leaves.filter(pl.col("evidence") >= ENOUGH).select("row", "parent").unique(),
            on=["row", "parent"],
            how="anti",
        )
        .filter(pl.col("own") >= ENOUGH_OF_ROOT)
        .select("row", topic="parent", evidence=pl.col("own"))
    )
    total = pl.concat([strengthened, alone]).with_columns(evidence=pl.col("evidence").round(9))
    return total.with_columns(total=pl.col("evidence").sort().sum().over("row"))
