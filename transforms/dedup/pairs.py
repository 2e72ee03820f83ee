"""The verdict on two documents that share text: one article, parts of one another, or one template."""

from __future__ import annotations

import polars as pl

from transforms.dedup.bodies import is_other_script
from transforms.dedup.overlap import measured, profiles
from transforms.dedup.patterns import FIGURE, NAME
from transforms.dedup.slots import compared

# Copies have a containment of .79 and more, half-copied articles a Jaccard index of .47 and less, excerpts a length of
# .41 and less of their whole, siblings a Jaccard index of up to .94; below a fifth two texts share phrases only.
MIN_CONTAINMENT = 0.2
# Under another title: a series of one wording (a visit, a commentary, a book published) reaches .81 and .71.
_COPY_CONTAINMENT = 0.82
_COPY_JACCARD = 0.65
_TITLED_CONTAINMENT = 0.65
_TITLED_JACCARD = 0.45
_CUT_CONTAINMENT = 0.9
_TITLED_CUT_CONTAINMENT = 0.8
_CUT_RATIO = 0.45
_CUT_MAX_RATIO = 0.93
_CUT_LETTERS = 12
_CUT_START_SHARE = 0.5
_CUT_END_SHARE = 0.15
_EXCERPT_CONTAINMENT = 0.6
_EXCERPT_RATIO = 0.6
_LONG_EXCERPT_RATIO = 0.8
_OVERLAP_CONTAINMENT = 0.3
_SIBLING_JACCARD = 0.2
_UPDATE_DAYS = 3

_ID = ["document_id", "other_document_id"]
_COUNTS = ["aligned", "differing"]


def _described(candidates: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """The candidates with their overlap, their figures and names, and what both documents say of themselves."""
    ids = pl.concat([candidates["document_id"], candidates["other_document_id"]]).unique()
    wanted = documents.filter(pl.col("document_id").is_in(ids.to_list())).unique("document_id").sort("document_id")
    shared = measured(candidates, profiles(wanted)).filter(
        pl.col("same_letters") | (pl.col("containment") >= MIN_CONTAINMENT)
    )
    alike = shared.filter(~pl.col("same_letters") & (pl.col("containment") >= _SIBLING_JACCARD))
    figured = shared.join(_filled(alike, wanted, FIGURE), on=_ID, how="left")
    # Where all of the shorter text stands in the longer, no name of it can be another.
    is_open = (pl.col("containment") >= _TITLED_CONTAINMENT) & (pl.col("containment") < 1) & ~_other_figures()
    names = _filled(figured.filter(is_open.fill_null(False)), wanted, NAME)
    said = wanted.select("document_id", "script", "script_origin", "source_id", "published_on", "title_hans")
    return (
        figured.join(names, on=_ID, how="left", suffix="_names")
        .join(said, on="document_id")
        .join(said.rename({"document_id": "other_document_id"}), on="other_document_id", suffix="_other")
        .with_columns(same_title=_same_title())
        .with_columns(pl.col(*_COUNTS, *[f"{name}_names" for name in _COUNTS]).fill_null(0).cast(pl.Int64))
    )


def _filled(pairs: pl.DataFrame, documents: pl.DataFrame, pattern: str) -> pl.DataFrame:
    """The slots of these pairs."""
    near = pl.concat([pairs["document_id"], pairs["other_document_id"]]).unique()
    return compared(pairs, documents.filter(pl.col("document_id").is_in(near.to_list())), pattern)


def _same_title() -> pl.Expr:
    one, two = (pl.col(title).str.replace_all(r"[^\p{L}\p{N}]+", "") for title in ("title_hans", "title_hans_other"))
    return (one == two).fill_null(False)


def _kinds(described: pl.DataFrame) -> pl.DataFrame:
    """What holds of every pair: `is_template`, `is_cut`, `is_alike`, `is_part`, `is_same_story`, `is_other_script`."""
    ratio = pl.col("short") / pl.max_horizontal("long", 1)
    contained, jaccard, same_title = pl.col("containment"), pl.col("jaccard"), pl.col("same_title")
    # A title alone says nothing; over mostly the same text it tells an edited copy from another article's quotation.
    titled = same_title & (contained >= _TITLED_CONTAINMENT) & (jaccard >= _TITLED_JACCARD)
    from_start = same_title | (pl.col("start_share") >= _CUT_START_SHARE)
    missing_end = (pl.col("long") - pl.col("short") >= _CUT_LETTERS) & (pl.col("end_share") <= _CUT_END_SHARE)
    kept = contained >= pl.when(same_title).then(_TITLED_CUT_CONTAINMENT).otherwise(_CUT_CONTAINMENT)
    long_excerpt = ~from_start & (contained >= _CUT_CONTAINMENT) & (ratio <= _LONG_EXCERPT_RATIO)
    short_excerpt = (contained >= _EXCERPT_CONTAINMENT) & (ratio <= _EXCERPT_RATIO) & (jaccard <= _EXCERPT_RATIO)
    days = (pl.col("published_on") - pl.col("published_on_other")).dt.total_days().abs()
    return (
        described.with_columns(
            is_cut=missing_end & from_start & kept & (ratio >= _CUT_RATIO) & (ratio <= _CUT_MAX_RATIO),
            is_part=short_excerpt | long_excerpt,
            is_alike=((contained >= _COPY_CONTAINMENT) & (jaccard >= _COPY_JACCARD)) | titled,
            is_same_story=same_title
            & (pl.col("source_id") == pl.col("source_id_other"))
            & (days <= _UPDATE_DAYS).fill_null(False),
            is_other_script=is_other_script("script", "script_origin", "script_other", "script_origin_other"),
        )
        .with_columns(pl.col("is_alike") & ~pl.col("is_part"))
        .with_columns(is_template=_other_figures() | (_other_names() & pl.col("is_alike")))
    )


def _other_figures() -> pl.Expr:
    """Whether so many figures differ in their places that one template was filled twice."""
    share = pl.col("differing") / pl.max_horizontal("aligned", 1)
    many = (share >= 0.25) | ((pl.col("differing") >= 3) & (share >= 0.12))
    return many & (pl.col("jaccard") >= _SIBLING_JACCARD)


def _other_names() -> pl.Expr:
    """Whether half of the names differ in their places.

    Two of them under one title, as an edit may hit one name, and in another script, as its conversion may.
    """
    needed = pl.when(pl.col("same_title") | pl.col("is_other_script")).then(2).otherwise(1)
    differing = pl.col("differing_names")
    return (differing >= needed) & (differing * 2 >= pl.col("aligned_names"))


def _judged(described: pl.DataFrame) -> pl.DataFrame:
    """Columns `verdict`, `relation`: at most one of them is set."""
    across = pl.when("is_other_script").then(pl.lit("cross_script"))
    similar = pl.col("jaccard") >= _SIBLING_JACCARD
    verdict = (
        pl.when("same_letters")
        .then(across.otherwise(pl.lit("exact")))
        .when("is_template")
        .then(None)
        .when("is_cut")
        .then(pl.lit("truncated"))
        .when("is_alike")
        .then(across.otherwise(pl.lit("near")))
    )
    relation = (
        pl.when(pl.col("verdict").is_not_null())
        .then(None)
        .when("is_template")
        .then(pl.lit("sibling"))
        .when("is_part")
        .then(pl.lit("excerpt_of"))
        .when(pl.col("is_same_story") & similar)
        .then(pl.lit("update_of"))
        .when(pl.col("containment") >= _OVERLAP_CONTAINMENT)
        .then(pl.lit("overlaps"))
    )
    return _kinds(described).with_columns(verdict=verdict).with_columns(relation=relation)


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


def _evidence() -> pl.Expr:
    figures = _told("figures", "aligned", "differing", "differences")
    names = _told("names", "aligned_names", "differing_names", "differences_names")
    return (
        pl.when("same_letters")
        .then(pl.lit("same letters"))
        .when(pl.col("differing_names") > 0)
        .then(pl.concat_str(figures, pl.lit("; "), names))
        .otherwise(figures)
    )


def _told(what: str, aligned: str, differing: str, differences: str) -> pl.Expr:
    same = pl.concat_str(pl.lit(f"shared {what} "), pl.col(aligned) - pl.col(differing))
    count = pl.concat_str(same, pl.lit(", differing "), differing)
    shown = pl.coalesce(pl.concat_str(count, pl.lit(": "), differences), count)
    return pl.when(pl.col(differing) > 0).then(shown).otherwise(same)


def pairs(candidates: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """The verdict on every candidate pair, from the two documents alone.

    Copies: `exact` (the same letters), `cross_script` (the same or nearly, in different scripts or converted
    differently), `near` (edited), `truncated` (one is a cut beginning of the other; is_reversed false = the smaller id
    is the cut one). Relations: `excerpt_of` (is_reversed false = the smaller id is the part), `overlaps`, `sibling`
    (one template, other figures or names in the same places), `update_of` (same source and title within three days, much text kept;
    is_reversed false = the smaller id is the newer). A pair that shares less than a fifth of the shorter text has no
    row.

    Args:
        candidates: `document_id` < `other_document_id`.
        documents: Of every id among them `document_id`, `title_hans`, `body_hans`, `script`, `script_origin`,
            `source_id`, `published_on`.

    Returns:
        Rows of core.Pair, sorted by the two ids.
    """
    if candidates.is_empty():
        return _NONE
    return (
        _judged(_described(candidates, documents))
        .select(
            *_ID,
            is_copy=pl.col("verdict").is_not_null(),
            verdict="verdict",
            relation="relation",
            is_reversed=_directed(),
            jaccard="jaccard",
            containment="containment",
            evidence=_evidence(),
        )
        .sort(_ID)
    )


_NONE = pl.DataFrame(
    schema={
        "document_id": pl.String,
        "other_document_id": pl.String,
        "is_copy": pl.Boolean,
        "verdict": pl.String,
        "relation": pl.String,
        "is_reversed": pl.Boolean,
        "jaccard": pl.Float64,
        "containment": pl.Float64,
        "evidence": pl.String,
    }
)
