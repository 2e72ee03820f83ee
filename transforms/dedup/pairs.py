"""The verdict on two documents that share text: one article, parts of one another, or one template."""

from __future__ import annotations

import polars as pl

from transforms.dedup.figures import compared
from transforms.dedup.overlap import measured, profiles

# Copies have a containment of .79 and more, half-copied articles a Jaccard index of .47 and less, excerpts a length of
# .41 and less of their whole, siblings a Jaccard index of up to .94; below a fifth two texts share phrases only.
MIN_CONTAINMENT = 0.2
_COPY_CONTAINMENT = 0.7
_COPY_JACCARD = 0.55
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
_OVERLAP_CONTAINMENT = 0.3
_SIBLING_JACCARD = 0.2
_UPDATE_DAYS = 3

_ID = ["document_id", "other_document_id"]


def _described(candidates: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """The candidates with their overlap, their figures and what both documents say of themselves."""
    ids = pl.concat([candidates["document_id"], candidates["other_document_id"]]).unique()
    wanted = documents.filter(pl.col("document_id").is_in(ids.to_list())).unique("document_id").sort("document_id")
    shared = measured(candidates, profiles(wanted)).filter(
        pl.col("same_letters") | (pl.col("containment") >= MIN_CONTAINMENT)
    )
    alike = shared.filter(~pl.col("same_letters") & (pl.col("containment") >= _SIBLING_JACCARD))
    near = pl.concat([alike["document_id"], alike["other_document_id"]]).unique()
    figures = compared(alike, wanted.filter(pl.col("document_id").is_in(near.to_list())))
    said = wanted.select("document_id", "script", "script_origin", "source_id", "published_on", "title_hans")
    return (
        shared.join(figures, on=_ID, how="left")
        .join(said, on="document_id")
        .join(said.rename({"document_id": "other_document_id"}), on="other_document_id", suffix="_other")
        .with_columns(pl.col("aligned", "differing").fill_null(0).cast(pl.Int64))
    )


def _letters_of(title: str) -> pl.Expr:
    return pl.col(title).str.replace_all(r"[^\p{L}\p{N}]+", "")


def _judged(described: pl.DataFrame) -> pl.DataFrame:
    """Columns `verdict`, `relation`: at most one of them is set."""
    ratio = pl.col("short") / pl.max_horizontal("long", 1)
    contained, jaccard = pl.col("containment"), pl.col("jaccard")
    share = pl.col("differing") / pl.max_horizontal("aligned", 1)
    other_figures = (share >= 0.25) | ((pl.col("differing") >= 3) & (share >= 0.12))
    missing_end = (pl.col("long") - pl.col("short") >= _CUT_LETTERS) & (pl.col("end_share") <= _CUT_END_SHARE)
    # A title alone says nothing; over mostly the same text it tells an edited copy from another article's quotation.
    same_title = _letters_of("title_hans") == _letters_of("title_hans_other")
    kept = contained >= pl.when(same_title).then(_TITLED_CUT_CONTAINMENT).otherwise(_CUT_CONTAINMENT)
    from_start = same_title | (pl.col("start_share") >= _CUT_START_SHARE)
    cut = missing_end & from_start & kept & (ratio >= _CUT_RATIO) & (ratio <= _CUT_MAX_RATIO)
    other_script = pl.col("script").ne_missing(pl.col("script_other")) | pl.col("script_origin").fill_null(
        "native"
    ).ne_missing(pl.col("script_origin_other").fill_null("native"))
    part = (contained >= _EXCERPT_CONTAINMENT) & (ratio <= _EXCERPT_RATIO) & (jaccard <= _EXCERPT_RATIO)
    titled = same_title & (contained >= _TITLED_CONTAINMENT) & (jaccard >= _TITLED_JACCARD)
    alike = (((contained >= _COPY_CONTAINMENT) & (jaccard >= _COPY_JACCARD)) | titled) & ~part
    days = (pl.col("published_on") - pl.col("published_on_other")).dt.total_days().abs()
    same_story = (
        same_title & (pl.col("source_id") == pl.col("source_id_other")) & (days <= _UPDATE_DAYS).fill_null(False)
    )
    verdict = (
        pl.when(pl.col("same_letters"))
        .then(pl.when(other_script).then(pl.lit("cross_script")).otherwise(pl.lit("exact")))
        .when(other_figures & (jaccard >= _SIBLING_JACCARD))
        .then(None)
        .when(cut)
        .then(pl.lit("truncated"))
        .when(alike)
        .then(pl.when(other_script).then(pl.lit("cross_script")).otherwise(pl.lit("near")))
    )
    relation = (
        pl.when(pl.col("verdict").is_not_null())
        .then(None)
        .when(other_figures & (jaccard >= _SIBLING_JACCARD))
        .then(pl.lit("sibling"))
        .when(part)
        .then(pl.lit("excerpt_of"))
        .when(same_story & (jaccard >= _SIBLING_JACCARD))
        .then(pl.lit("update_of"))
        .when(contained >= _OVERLAP_CONTAINMENT)
        .then(pl.lit("overlaps"))
    )
    return described.with_columns(verdict=verdict).with_columns(relation=relation)


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
    same = pl.concat_str(pl.lit("shared figures "), pl.col("aligned") - pl.col("differing"))
    differing = pl.concat_str(same, pl.lit(", differing "), "differing", pl.lit(": "), "differences")
    return (
        pl.when(pl.col("same_letters"))
        .then(pl.lit("same letters"))
        .when(pl.col("differing") > 0)
        .then(pl.coalesce(differing, pl.concat_str(same, pl.lit(", differing "), "differing")))
        .otherwise(same)
    )


def pairs(candidates: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """The verdict on every candidate pair, from the two documents alone.

    Copies: `exact` (the same letters), `cross_script` (the same or nearly, in different scripts or converted
    differently), `near` (edited), `truncated` (one is a cut beginning of the other; is_reversed false = the smaller id
    is the cut one). Relations: `excerpt_of` (is_reversed false = the smaller id is the part), `overlaps`, `sibling`
    (one template, other figures in the same places), `update_of` (same source and title within three days, much text kept;
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
