"""What an event could be known by: the rare words, names and figures of an article."""

from __future__ import annotations

import polars as pl

from transforms.tables.base import empty
from transforms.tables.stories import StoryTerm
from transforms.words import nature, words

ARTICLES = 20_000
"""Size of the corpus of the mind that rarity is reckoned in."""
ARTICLE_WORDS = 300
COMMON_RARITY = 5.2
"""Below this logarithm a word stands in one of 180 articles: it names no event."""
UNKNOWN_RARITY = 13.0
"""Of a name the dictionary does not hold, as a logarithm of occurrences."""
KEPT = 40
TITLE_BONUS = 2
"""What standing in the title adds to the occurrences of a name or figure; words come with theirs."""
FIGURE_KINDS = ["money", "percent", "ratio", "multiple", "count", "age", "rate", "physical", "temperature", "duration"]
FIGURE_RARITY = 8.1
SMALL = 10
"""Whole numbers below this, money and shares left aside, stand in any article."""


def story_terms(segmentations: pl.DataFrame, mentions: pl.DataFrame, figures: pl.DataFrame) -> pl.DataFrame:
    """One row per document and term, the forty weightiest: `document_id`, `kind`, `term`, `weight`, sorted.

    `segmentations` as words.py reads them, `mentions` and `figures` the rows of the same documents. A weight is
    (1 + ln occurrences) × rarity in hundredths, a whole number, so that sums of products are exact in any order. It
    looks at the document alone: what is common in the news of a week is left to the search for pairs.
    """
    if segmentations.is_empty():
        return empty(StoryTerm)
    found = pl.concat([_words(segmentations), _names(mentions), _figures(figures)])
    damped = (1 + pl.col("occurrences").cast(pl.Float64).log()) * pl.col("rarity")
    return (
        found.with_columns(damped=damped)
        # A word that is a name is one term and weighs as both: in a product of weights as the sum of the two products.
        .group_by("document_id", "term")
        .agg(
            kind=pl.col("kind").sort().first(),
            weight=(100 * pl.col("damped").pow(2).sum().sqrt()).round().cast(pl.Int64),
        )
        .sort("document_id", "weight", "term", descending=[False, True, False])
        .filter(pl.int_range(pl.len()).over("document_id") < KEPT)
        .select("document_id", "kind", "term", "weight")
        .sort("document_id", "term")
    )


def _rarity(frequency: pl.Expr) -> pl.Expr:
    """How rare a word is among articles, as a logarithm, from its `rarity` among all words (see `words.nature`)."""
    share = 1 - (-ARTICLE_WORDS * (-frequency).exp()).exp()
    return (ARTICLES / (ARTICLES * share + 1)).log()


def _words(segmentations: pl.DataFrame) -> pl.DataFrame:
    known = words(segmentations)
    facts = nature(known.vocabulary).select(
        rarity=_rarity(pl.col("rarity")),
        term=known.vocabulary.str.to_lowercase(),
        code=pl.int_range(pl.len()).cast(pl.UInt32),
    )
    rare = facts.filter(pl.col("rarity") >= COMMON_RARITY)
    counted = known.counts().join(rare, on="code")
    return (
        counted.with_columns(document_id=known.document_ids.gather(counted["row"]))
        .group_by("document_id", "term")
        .agg(pl.col("occurrences").sum(), pl.col("rarity").min())
        .select("document_id", kind=pl.lit("word"), term="term", occurrences="occurrences", rarity="rarity")
    )


def _names(mentions: pl.DataFrame) -> pl.DataFrame:
    """Canonical names, whatever the article calls them: 川普 and 特朗普 are one term."""
    named = mentions.group_by("document_id", "name_hans").agg(
        occurrences=(pl.col("mention_count") + TITLE_BONUS * pl.col("in_title").cast(pl.Int64)).sum()
    )
    names = named["name_hans"].unique().sort()
    facts = nature(names).select(
        name_hans=names, rarity=_rarity(pl.when("is_known").then("rarity").otherwise(UNKNOWN_RARITY))
    )
    return (
        named.join(facts.filter(pl.col("rarity") >= COMMON_RARITY), on="name_hans")
        .with_columns(kind=pl.lit("name"))
        .select("document_id", "kind", term="name_hans", occurrences="occurrences", rarity="rarity")
    )


def _figures(figures: pl.DataFrame) -> pl.DataFrame:
    """Values with their units, whatever the article writes them as: 3.1亿 and 三亿一千万 are one term."""
    value = pl.coalesce("value", "value_min", "value_max")
    is_small = (value.abs() < SMALL) & (value == value.round()) & ~pl.col("kind").is_in(["money", "percent"])
    return (
        figures.filter(pl.col("kind").is_in(FIGURE_KINDS) & value.is_not_null() & ~is_small)
        .select(
            "document_id",
            term=value.cast(pl.String).str.strip_suffix(".0") + pl.col("unit").fill_null(""),
            in_title=(pl.col("where_found") == "title").cast(pl.Int64),
        )
        .group_by("document_id", "term")
        .agg(occurrences=pl.len().cast(pl.Int64) + TITLE_BONUS * pl.col("in_title").max())
        .select(
            "document_id", kind=pl.lit("figure"), term="term", occurrences="occurrences", rarity=pl.lit(FIGURE_RARITY)
        )
    )
