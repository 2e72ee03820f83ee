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
SHORTEST, LONGEST = 12, 160
"""Characters of a sentence that can stand alone in a summary."""
OPENING_BONUS, PARAGRAPH_BONUS, EARLY_BONUS = 0.45, 0.1, 0.5
"""What the place of a sentence adds; that of an early paragraph is halved by the second, a third of it is left by the third."""
MOST = 3
AGAIN = 0.3
"""What a keyword counts that a sentence taken before names already."""
LEANING = 0.3
"""What a sentence counts that leans on the one before: it is taken only for much better reasons."""


def summaries(documents: pl.DataFrame, keywords: pl.DataFrame, wording_patterns: pl.DataFrame) -> pl.DataFrame:
    """One row per document: `document_id`, `summary_hans`, sorted; NULL where it has fewer than three sentences.

    `documents` has `document_id`, `body_hans`; `keywords` has `document_id`, `keyword_hans`, `weight`
    (enrichment.Keyword, where title words already weigh more); `wording_patterns` is the seed. A sentence scores by the
    weight of the keywords it names that no sentence taken before names, by its place (opening of the text, opening of a
    paragraph, early paragraph) and by standing alone, or behind the one it leans on. The best two, or three of a long
    text, are joined in the order of the text, each exactly as it is written.
    """
    # Documents are numbers in the order of their ids: they group and sort ten times faster.
    rows = documents.select("document_id", "body_hans").sort("document_id").with_row_index("row")
    ids = rows.select("row", "document_id")
    sentences = _sentences(rows)
    leaning = alternatives(wording_patterns.select("part", "pattern").iter_rows())["leaning"]
    chosen = _best(sentences, _named(sentences, keywords.join(ids, on="document_id")), leaning)
    joined = (
        chosen.sort("row", "place")
        .group_by("row", maintain_order=True)
        .agg(summary_hans=pl.col("sentence").str.join(""))
    )
    return ids.join(joined, on="row", how="left", maintain_order="left").drop("row")


def _sentences(documents: pl.DataFrame) -> pl.DataFrame:
    """One row per sentence: `row`, `place`, `paragraph`, `opens_paragraph`, `count`, `stands_alone`,
    `sentence`."""
    paragraphs = documents.select("row", paragraph=pl.col("body_hans").str.split("\n")).explode("paragraph")
    paragraphs = paragraphs.with_columns(
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


def _named(sentences: pl.DataFrame, keywords: pl.DataFrame) -> pl.DataFrame:
    """The keywords each sentence that can be taken names: `row`, `place`, `keyword_hans`, `weight`."""
    return (
        sentences.filter("stands_alone")
        .select("row", "place", "sentence")
        .join(keywords.select("row", "keyword_hans", "weight"), on="row")
        .filter(pl.col("sentence").str.contains(pl.col("keyword_hans"), literal=True))
        .drop("sentence")
    )


def _best(sentences: pl.DataFrame, named: pl.DataFrame, leaning: str) -> pl.DataFrame:
    """The sentences of each summary, one more in each round: `row`, `place`, `sentence`."""
    bonus = (
        pl.when(pl.col("place") == 0).then(OPENING_BONUS).otherwise(0.0)
        + pl.when("opens_paragraph").then(PARAGRAPH_BONUS).otherwise(0.0)
        + EARLY_BONUS / (1 + pl.col("paragraph") - pl.col("paragraph").min().over("row"))
    )
    able = sentences.with_columns(bonus=bonus).filter((pl.col("count") >= FEWEST) & pl.col("stands_alone"))
    able = able.select("row", "place", "count", "bonus", "sentence", leans=pl.col("sentence").str.contains(leaning))
    chosen = able.clear().select("row", "place", "sentence")
    for taken in range(MOST):
        wanted = pl.when(pl.col("count") >= LONG_TEXT).then(MOST).otherwise(MOST - 1)
        rest = able.filter(wanted > taken).join(chosen, on=["row", "place"], how="anti", maintain_order="left")
        central = _central(named, chosen)
        behind = chosen.select("row", place=pl.col("place") + 1, follows=True)
        # What leans on a sentence that is taken stands well behind it.
        weight = pl.when(pl.col("leans") & pl.col("follows").is_null()).then(LEANING).otherwise(1.0)
        scored = rest.join(central, on=["row", "place"], how="left").join(behind, on=["row", "place"], how="left")
        scored = scored.with_columns(score=((pl.col("central").fill_null(0.0) + pl.col("bonus")) * weight).round(9))
        best = scored.sort("row", "score", "place", descending=[False, True, False]).unique("row", keep="first")
        chosen = pl.concat([chosen, best.select(chosen.columns)])
    return chosen.filter(pl.len().over("row") >= 2)


def _central(named: pl.DataFrame, chosen: pl.DataFrame) -> pl.DataFrame:
    """The weight of the keywords each sentence names, less of those `chosen` name: `row`, `place`, `central`."""
    said = named.join(chosen.select("row", "place"), on=["row", "place"]).select("row", "keyword_hans").unique()
    fresh = named.join(said.with_columns(said=True), on=["row", "keyword_hans"], how="left")
    weight = pl.col("weight") * pl.when(pl.col("said").is_null()).then(1.0).otherwise(AGAIN)
    # Sorted before summing: floating-point sums must not depend on the order of rows.
    weighed = fresh.select("row", "place", weight=weight).sort("weight")
    return weighed.group_by("row", "place", maintain_order=True).agg(central=pl.col("weight").sum())
