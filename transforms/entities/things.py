"""Products, drugs and diseases no gazetteer has: compounds that recur and end in a word saying what they are."""

from __future__ import annotations

import numpy as np
import polars as pl

from transforms.entities.candidates import SCHEMA, candidates
from transforms.entities.tokens import Places, Tokens

REACH = 5
"""Words a compound may have before the one that says what it is."""
WHOSE = 2
"""Words from which on a compound may open with a place, and one more with a body."""
SHORTEST = 5
"""Characters of a compound; shorter ones are seldom names."""
KEYS = ["doc", "kind"]
"""Short forms are looked for among what ends in the same word."""


def things(tokens: Tokens) -> pl.DataFrame:
    """Candidates (see candidates.py) for products, drugs and diseases."""
    return pl.concat([_compounds(tokens), _diseases(tokens), _drugs(tokens)])


def _compounds(tokens: Tokens) -> pl.DataFrame:
    """海湾|智慧|养殖|平台: what an article calls by the same several words at least twice.

    Every place has the longest compound that recurs; one that ends another (养殖平台), or keeps its first and last word
    (海湾平台), is another name of it.
    """
    spans = _spans(tokens)
    if spans.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    counted = spans.with_columns(times=pl.len().over("doc", "surface"))
    size = pl.col("surface").str.len_chars()
    recurring = counted.filter(pl.col("times") >= 2, pl.col("is_specific"), size >= SHORTEST)
    chosen = (
        recurring.filter(size == size.max().over("last")).unique(["doc", "surface"]).select(*KEYS, "surface", "times")
    )
    led = _short_forms(counted, chosen)
    named = pl.concat([chosen.select("doc", "surface"), led.select("doc", "surface")]).unique()
    return (
        candidates(named, "product", "thing", strength=3)
        .drop("canonical")
        .join(led.with_columns(pl.col("doc").cast(pl.UInt32)), on=["doc", "surface"], how="left")
        .with_columns(canonical=pl.col("canonical").fill_null(pl.col("surface")))
        .select(*SCHEMA)
    )


def _short_forms(counted: pl.DataFrame, chosen: pl.DataFrame) -> pl.DataFrame:
    """What else the chosen compounds are called, each led to the longest it may stand for: doc, surface, canonical."""
    longest = chosen.rename({"surface": "canonical", "times": "whole_times"})
    others = counted.select(*KEYS, "surface", "opening", "times").unique().join(longest, on=KEYS)
    surface, canonical = pl.col("surface"), pl.col("canonical")
    size = surface.str.len_chars()
    frames = canonical.str.starts_with(pl.col("opening")) & (surface == pl.concat_str("opening", "kind"))
    ends = canonical.str.ends_with(surface) & (pl.col("times") > pl.col("whole_times")) & (size >= SHORTEST)
    return (
        others.filter(size < canonical.str.len_chars(), frames | ends)
        .sort(canonical.str.len_chars(), "canonical", descending=[True, False])
        .unique(["doc", "surface"], keep="first", maintain_order=True)
        .select("doc", "surface", "canonical")
    )


def _spans(tokens: Tokens) -> pl.DataFrame:
    """Every run of words before a word that says what something is, with it: doc, last (place), surface, opening (first
    word), kind (last word), is_specific (long, or with a word that is no everyday one)."""
    last = tokens.where("thing")
    frames: list[pl.DataFrame] = []
    first, specific = last, tokens.has(last, "narrow_thing")
    for step in range(1, REACH + 1):
        first = first - 1
        kept = tokens.has(first, "compound")
        first, last, specific = first[kept], last[kept], specific[kept] | tokens.has(first[kept], "particular")
        # 挪威|海军|无人机: whose it is makes no name of it.
        body = (tokens.has(first, "tail") | tokens.has(first, "group_tag")) & (step <= WHOSE)
        whose = body | (tokens.has(first, "place") & (step < WHOSE))
        opens = np.flatnonzero(tokens.has(first, "opens_compound") & ~whose)
        begin, end = first[opens], last[opens]
        frames.append(
            pl.DataFrame(
                {
                    "doc": tokens.documents(end),
                    "last": end,
                    "surface": tokens.spelt(begin, end),
                    "opening": tokens.words(begin),
                    "kind": tokens.words(end),
                    "is_specific": specific[opens] | (step >= 3),
                }
            )
        )
    return pl.concat(frames)


def _diseases(tokens: Tokens) -> pl.DataFrame:
    """慢性|粒细胞|白血病: from the word that says of what sort to the one that says it is a disease."""
    last = tokens.where("ails")
    first, unbroken = last, np.ones(len(last), bool)
    for step in range(1, REACH):
        sort = unbroken & tokens.has(last - step, "sort_of_disease")
        first = np.where(sort, last - step, first)
        unbroken &= sort | tokens.has(last - step, "term_part")
    whole = tokens.count(last, "size") >= 4
    return _concepts(tokens, first[(first < last) | whole], last[(first < last) | whole])


def _concepts(tokens: Tokens, first: Places, last: Places) -> pl.DataFrame:
    return candidates(tokens.named(first, last), "concept", "disease", strength=2)


def _drugs(tokens: Tokens) -> pl.DataFrame:
    """信迪利单抗, 维甲酸: words with the ending of a class of drugs."""
    place = tokens.where("drug")
    return candidates(tokens.named(place, place), "product", "drug", strength=2)
