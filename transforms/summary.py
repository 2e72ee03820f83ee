"""Summaries: two or three of an article's own sentences."""

from __future__ import annotations

import polars as pl

from transforms.shapes import alternatives

SENTENCE_END = r"[。！？]+[”’」』）)]*"
OPENS, CLOSES = r"[“「『（《]", r"[”」』）》]"
FEWEST = 3
"""Sentences a text must have to be summarised at all."""
LONG_TEXT = 18
"""Sentences from which a summary takes three instead of two."""
SHORTEST, LONGEST = 16, 140
"""Characters of a sentence that can stand alone in a summary."""
OPENING_BONUS, PARAGRAPH_BONUS, CLOSING_BONUS = 0.45, 0.1, 0.15
LEANING = 0.6
"""What a sentence counts that leans on the one before: it is taken only for much better reasons."""


def summaries(documents: pl.DataFrame, keywords: pl.DataFrame, wording_patterns: pl.DataFrame) -> pl.DataFrame:
    """One row per document: `document_id`, `summary_hans`, sorted; NULL where it has fewer than three sentences.

    `documents` has `document_id`, `body_hans`; `keywords` has `document_id`, `keyword_hans`, `weight`
    (enrichment.Keyword, where title words already weigh more); `wording_patterns` is the seed. A sentence scores by the
    weight of the keywords it names, by its place (opening of the text, opening of a paragraph, last paragraph) and by
    standing alone. The best two, or three of a long text, are joined in the order of the text, each exactly as it is
    written.
    """
    # Documents are numbers in the order of their ids: they group and sort ten times faster.
    rows = documents.select("document_id", "body_hans").sort("document_id").with_row_index("row")
    ids = rows.select("row", "document_id")
    sentences = _sentences(rows)
    leaning = alternatives(wording_patterns.select("part", "pattern").iter_rows())["leaning"]
    chosen = _best(sentences, _central(sentences, keywords.join(ids, on="document_id")), leaning)
    joined = (
        chosen.sort("row", "place")
        .group_by("row", maintain_order=True)
        .agg(summary_hans=pl.col("sentence").str.join(""))
    )
    return ids.join(joined, on="row", how="left", maintain_order="left").drop("row")


def _sentences(documents: pl.DataFrame) -> pl.DataFrame:
    """One row per sentence: `row`, `place`, `opens_paragraph`, `in_last_paragraph`, `count`,
    `stands_alone`, `sentence`."""
    paragraphs = documents.select("row", paragraph=pl.col("body_hans").str.split("\n")).explode("paragraph")
    paragraphs = paragraphs.with_columns(
        in_last_paragraph=pl.col("row").ne_missing(pl.col("row").shift(-1)),
        sentence=pl.col("paragraph").str.split(SENTENCE_END, literal=False, inclusive=True),
    )
    sentences = (
        paragraphs.drop("paragraph").with_row_index("paragraph").explode("sentence").filter(pl.col("sentence") != "")
    )
    return sentences.with_columns(
        opens_paragraph=pl.col("paragraph") != pl.col("paragraph").shift(1),
        place=pl.int_range(pl.len()).over("row"),
        count=pl.len().over("row"),
        stands_alone=_can_stand_alone(),
    ).with_columns(pl.col("opens_paragraph").fill_null(True))


def _can_stand_alone() -> pl.Expr:
    """Long enough, not too long, no question, and with every quotation mark it opens closed."""
    sentence = pl.col("sentence")
    return (
        sentence.str.len_chars().is_between(SHORTEST, LONGEST)
        & sentence.str.contains(r"[。！…]")
        & ~sentence.str.contains(r"^[“「『]|^[”」』，、；：]")
        & (sentence.str.count_matches(OPENS) == sentence.str.count_matches(CLOSES))
    )


def _central(sentences: pl.DataFrame, keywords: pl.DataFrame) -> pl.DataFrame:
    """The weight of the keywords each sentence names: `row`, `place`, `central`."""
    named = (
        sentences.filter("stands_alone")
        .select("row", "place", "sentence")
        .join(keywords.select("row", "keyword_hans", "weight"), on="row")
        .filter(pl.col("sentence").str.contains(pl.col("keyword_hans"), literal=True))
    )
    # Sorted before summing: floating-point sums must not depend on the order of rows.
    return named.sort("weight").group_by("row", "place", maintain_order=True).agg(central=pl.col("weight").sum())


def _best(sentences: pl.DataFrame, central: pl.DataFrame, leaning: str) -> pl.DataFrame:
    bonus = (
        pl.when(pl.col("place") == 0).then(OPENING_BONUS).otherwise(0.0)
        + pl.when("opens_paragraph").then(PARAGRAPH_BONUS).otherwise(0.0)
        + pl.when("in_last_paragraph").then(CLOSING_BONUS).otherwise(0.0)
    )
    weight = pl.when(pl.col("sentence").str.contains(leaning)).then(LEANING).otherwise(1.0)
    scored = (
        sentences.filter((pl.col("count") >= FEWEST) & pl.col("stands_alone"))
        .join(central, on=["row", "place"], how="left")
        .with_columns(score=((pl.col("central").fill_null(0.0) + bonus) * weight).round(9))
        .sort("row", "score", "place", descending=[False, True, False])
    )
    # One sentence a paragraph: neighbours say the same thing twice.
    scored = scored.filter(pl.col("paragraph").is_first_distinct())
    wanted = pl.when(pl.col("count") >= LONG_TEXT).then(3).otherwise(2)
    kept = scored.filter(pl.int_range(pl.len()).over("row") < wanted)
    return kept.filter(pl.len().over("row") >= 2)
