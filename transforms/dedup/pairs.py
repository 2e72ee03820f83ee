"""The verdict on two documents that share text: one article, parts of one another, or one template."""

from __future__ import annotations

import polars as pl

from transforms.dedup import evidence
from transforms.dedup.misprints import misprinted
from transforms.dedup.overlap import measured, profiles
from transforms.dedup.parts import with_passages, with_relations
from transforms.dedup.patterns import FIGURE, by_part
from transforms.dedup.slots import compared
from transforms.dedup.verdicts import TITLED_CONTAINMENT, has_other_figures, with_verdicts
from transforms.tables.base import empty
from transforms.tables.core import Pair

# Below a fifth of the shorter text two texts share phrases only.
MIN_CONTAINMENT = 0.2

_ID = ["document_id", "other_document_id"]
_COUNTS = ["aligned", "differing", "unlike", "fewer", "apart"]


def _described(
    candidates: pl.DataFrame, documents: pl.DataFrame, known: pl.DataFrame, patterns: dict[str, str]
) -> pl.DataFrame:
    """The candidates with their overlap, their figures and names, and what both documents say of themselves."""
    shared = measured(candidates, documents, known).filter(
        pl.col("same_letters") | (pl.col("containment") >= MIN_CONTAINMENT)
    )
    shared = misprinted(shared, documents, patterns["telling"])
    figured = shared.join(_filled(shared.filter(~pl.col("same_letters")), documents, FIGURE), on=_ID, how="left")
    # Where all of the shorter text stands in the longer, no name of it can be another.
    is_open = (pl.col("containment") >= TITLED_CONTAINMENT) & (pl.col("containment") < 1) & ~has_other_figures()
    names = _filled(figured.filter(is_open.fill_null(False)), documents, patterns["name"])
    said = documents.select(
        *("document_id", "script", "script_origin", "source_id", "published_on", "title_hans"),
        has_toll=pl.col("body_hans").str.contains(patterns["toll"]),
        is_correction=pl.col("body_hans").str.contains(patterns["correction"]),
    )
    return (
        figured.join(names, on=_ID, how="left", suffix="_names")
        .join(said, on="document_id")
        .join(said.rename({"document_id": "other_document_id"}), on="other_document_id", suffix="_other")
        .with_columns(same_title=_same_title(r"[^\p{L}\p{N}]+"), same_headline=_same_title(r"[^\p{L}]+"))
        .with_columns(pl.col(*_COUNTS, *[f"{name}_names" for name in _COUNTS]).fill_null(0).cast(pl.Int64))
    )


def _filled(pairs: pl.DataFrame, documents: pl.DataFrame, pattern: str) -> pl.DataFrame:
    """The slots of these pairs."""
    near = pl.concat([pairs["document_id"], pairs["other_document_id"]]).unique()
    return compared(pairs, documents.filter(pl.col("document_id").is_in(near.implode())), pattern)


def _same_title(ignored: str) -> pl.Expr:
    """Whether the titles are the same but for what matches a pattern."""
    one, two = (pl.col(title).str.replace_all(ignored, "") for title in ("title_hans", "title_hans_other"))
    return (one == two).fill_null(False)


def _directed() -> pl.Expr:
    """Whether the relation or the cut reads from the larger id to the smaller."""
    later = pl.col("published_on") > pl.col("published_on_other")
    return (
        pl.when((pl.col("verdict") == "truncated") | (pl.col("relation") == "excerpt_of"))
        .then(pl.col("short_id") != pl.col("document_id"))
        .when(pl.col("relation") == "update_of")
        .then(~later)
        .otherwise(False)
        .fill_null(False)
    )


def pairs(candidates: pl.DataFrame, documents: pl.DataFrame, patterns: pl.DataFrame) -> pl.DataFrame:
    """The verdict on every candidate pair, from the two documents alone.

    Copies: `exact` (the same letters), `cross_script` (the same or nearly, in different scripts or converted
    differently), `near` (edited), `truncated` (one is a cut beginning of the other; is_reversed false = the smaller id
    is the cut one). Relations: `excerpt_of` (is_reversed false = the smaller id is the part), `overlaps`, `sibling`
    (one template, other figures or names in the same places), `update_of` (same source and title within three days,
    much text kept, or a toll told on, or a correction; is_reversed false = the smaller id is the newer). A pair that
    shares less than a fifth of the shorter text has no row.

    Args:
        candidates: `document_id` < `other_document_id`.
        documents: Of every id among them `document_id`, `title_hans`, `body_hans`, `script`, `script_origin`,
            `source_id`, `published_on`.
        patterns: Rows of seeds/comparison_patterns.csv.

    Returns:
        Rows of core.Pair, sorted by the two ids.
    """
    if candidates.is_empty():
        return empty(Pair)
    ids = pl.concat([candidates["document_id"], candidates["other_document_id"]]).unique()
    wanted = documents.filter(pl.col("document_id").is_in(ids.implode())).unique("document_id").sort("document_id")
    known = profiles(wanted)
    judged = with_verdicts(_described(candidates, wanted, known, by_part(patterns)))
    judged = with_relations(with_passages(judged, known))
    return (
        evidence.told(judged, wanted)
        .select(
            *_ID,
            is_copy=pl.col("verdict").is_not_null(),
            verdict="verdict",
            relation="relation",
            is_reversed=_directed(),
            jaccard="jaccard",
            containment="containment",
            evidence="evidence",
        )
        .sort(_ID)
    )
