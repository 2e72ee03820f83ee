"""How much two articles speak of the same things."""

from __future__ import annotations

import polars as pl

from transforms.tables.stories import StoryLink

SCALE = 10_000
DAILY_LOSS = 0.15
"""What a score loses with each day between the two: tomorrow's match is another match of the same teams."""
LEAST = 0.15
SAME = 0.5
"""Score of two articles of which one holds a part of the other, or brings it up to date, at least."""
APART = -1.0
"""Score of two fillings of one template: two banks' results, two days' prices."""


def story_links(story_pairs: pl.DataFrame) -> pl.DataFrame:
    """One row per pair that scores at least .15 (core.story_links), sorted by pair.

    `story_pairs` are rows of core.story_pairs. The score is the cosine of the two articles' terms, less a part for
    each day between them. Texts that share wording have been judged already: siblings are told apart here too, and an
    excerpt or update belongs to the story of its whole. A link keeps what it was reckoned from: on later nights it is
    reckoned again from that alone.
    """
    cosine = pl.col("product") / (pl.col("norm").cast(pl.Float64) * pl.col("other_norm")).sqrt()
    near = cosine * (1 - DAILY_LOSS * pl.col("gap_days"))
    score = (
        pl.when(pl.col("relation") == "sibling")
        .then(APART)
        .when(pl.col("relation").is_not_null())
        .then(pl.max_horizontal(near, pl.lit(SAME)))
        .otherwise(near)
    )
    return (
        story_pairs.with_columns(score=(score.clip(-1, 1) * SCALE).round().cast(pl.Int64))
        .filter((pl.col("score") >= int(LEAST * SCALE)) | (pl.col("score") < 0))
        .select(StoryLink.column_names())
        .sort("document_id", "other_document_id")
    )
