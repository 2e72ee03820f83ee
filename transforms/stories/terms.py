"""What an event could be known by: the rare words, names and figures of an article."""

from __future__ import annotations

import numpy as np
import polars as pl

from transforms.hashed import places
from transforms.tables.base import empty
from transforms.tables.stories import StoryTerm
from transforms.words import Words, joint, rarities, words

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
KINDS = pl.Enum(["figure", "name", "word"])
SQUARE = ((1 + pl.col("occurrences").cast(pl.Float64).log()) * pl.col("rarity")).pow(2)
"""Of the weight of a term of one kind; the weights of one that is of several add up as squares."""
HUNDRED_MILLION = 1e8
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
    known = words(segmentations)
    documents = pl.Enum(known.document_ids)
    facts, names, amounts = _facts(known.vocabulary), _names(mentions, documents), _figures(figures, documents)
    # Terms are numbers, in the order of their strings: numbers group and sort ten times faster.
    spelling = pl.concat([facts["term"], names["term"], amounts["term"]]).unique().sort()
    numbered = [part.with_columns(_number(part["term"], spelling)) for part in (amounts, names)]
    found = pl.concat([*numbered, _words(known, facts.with_columns(_number(facts["term"], spelling)))])
    weightiest = _weightiest(found)
    return pl.DataFrame(
        {
            "document_id": weightiest["row"].cat.to(documents).cast(pl.String),
            "kind": weightiest["kind"].cast(pl.String),
            "term": spelling.gather(weightiest["term"]),
            "weight": weightiest["weight"],
        }
    )


def _number(values: pl.Series, spelling: pl.Series) -> pl.Series:
    """The place of each value among the distinct strings."""
    return places(values.hash(), spelling.hash()).alias("term")


def _weightiest(found: pl.DataFrame) -> pl.DataFrame:
    """The terms that count, `row`, `term`, `kind` and `weight`, sorted by row and term.

    Of `found`, which has figures before names before words, the first says the kind of what is several of these.
    A word that is a name is one term and weighs as both: in a product of weights as the sum of the two products.
    """
    both = found.select(joint("row", "term")).to_series().to_numpy()
    # Stable: of one term figures stay before names before words.
    order = np.argsort(both, kind="stable")
    both = both[order]
    first = np.flatnonzero(np.append(True, both[1:] != both[:-1])[: len(both)])
    square = pl.Series(np.add.reduceat(found["square"].to_numpy()[order], first))
    weight = (100 * square.sqrt()).round().cast(pl.Int64)
    # Terms stand in order by now: of those of one weight the first ones stay.
    row = both[first] >> np.uint64(32)
    heaviest = np.argsort((row << np.uint64(32)) + (2**31 - weight.to_numpy()).astype(np.uint64), kind="stable")
    ranked = row[heaviest]
    kept = np.sort(heaviest[np.append(np.ones(KEPT, bool), ranked[KEPT:] != ranked[:-KEPT])[: len(ranked)]])
    return found.select("row", "term", "kind")[order[first[kept]]].with_columns(weight=weight.gather(kept))


def _rarity(frequency: pl.Expr) -> pl.Expr:
    """How rare a word is among articles, as a logarithm, from its `rarity` among all words (see `words.nature`)."""
    share = 1 - (-ARTICLE_WORDS * (-frequency).exp()).exp()
    return (ARTICLES / (ARTICLES * share + 1)).log()


def _facts(vocabulary: pl.Series) -> pl.DataFrame:
    """The rare ones of the words: code, rarity, and term, which is written in small letters."""
    known = rarities(vocabulary).with_row_index("code")
    return known.select("code", term=vocabulary.str.to_lowercase(), rarity=_rarity(pl.col("rarity"))).filter(
        pl.col("rarity") >= COMMON_RARITY
    )


def _words(known: Words, facts: pl.DataFrame) -> pl.DataFrame:
    """Every rare word, from the `facts` of rare words by their code."""
    counted = known.counts.join(facts, on="code")
    # AI and ai are one term; hardly any other has two spellings.
    several = pl.col("term").is_in(facts["term"].filter(facts["term"].is_duplicated()).unique().implode())
    joined = counted.filter(several).group_by("row", "term").agg(pl.col("occurrences").sum(), pl.col("rarity").min())
    return pl.concat([counted.filter(~several).select(joined.columns), joined]).select(
        "row", "term", kind=pl.lit("word", KINDS), square=SQUARE
    )


def _names(mentions: pl.DataFrame, documents: pl.Enum) -> pl.DataFrame:
    """Canonical names, whatever the article calls them: 川普 and 特朗普 are one term."""
    named = mentions.group_by(
        row=pl.col("document_id").cast(documents).to_physical().cast(pl.UInt32), term="name_hans"
    ).agg(occurrences=(pl.col("mention_count") + TITLE_BONUS * pl.col("in_title").cast(pl.Int64)).sum())
    names = named["term"].unique()
    facts = rarities(names).select(
        term=names, rarity=_rarity(pl.when("is_known").then("rarity").otherwise(UNKNOWN_RARITY))
    )
    return named.join(facts.filter(pl.col("rarity") >= COMMON_RARITY), on="term").select(
        "row", "term", kind=pl.lit("name", KINDS), square=SQUARE
    )


def _figures(figures: pl.DataFrame, documents: pl.Enum) -> pl.DataFrame:
    """Values with their units, whatever the article writes them as: 3.1亿 and 三亿一千万 are one term."""
    value = pl.coalesce("value", "value_min", "value_max")
    # 160亿USD: eleven digits in a row would look like somebody's number where the term is told as evidence.
    is_large = value.abs() >= HUNDRED_MILLION
    short = value / pl.when(is_large).then(HUNDRED_MILLION).otherwise(1.0)
    unit = pl.when(is_large).then(pl.lit("亿")).otherwise(pl.lit("")) + pl.col("unit").fill_null("")
    is_small = (value.abs() < SMALL) & (value == value.round()) & ~pl.col("kind").is_in(["money", "percent"])
    return (
        figures.filter(pl.col("kind").is_in(FIGURE_KINDS) & value.is_not_null() & ~is_small)
        .select(
            row=pl.col("document_id").cast(documents).to_physical().cast(pl.UInt32),
            term=short.cast(pl.String).str.strip_suffix(".0") + unit,
            in_title=(pl.col("where_found") == "title").cast(pl.Int64),
        )
        .group_by("row", "term")
        .agg(occurrences=pl.len().cast(pl.Int64) + TITLE_BONUS * pl.col("in_title").max())
        .with_columns(rarity=pl.lit(FIGURE_RARITY))
        .select("row", "term", kind=pl.lit("figure", KINDS), square=SQUARE)
    )
