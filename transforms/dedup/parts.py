"""What two different articles are to each other, told from the passages they share."""

from __future__ import annotations

import polars as pl

from transforms.dedup.passages import aligned
from transforms.dedup.verdicts import FAR_DAYS, TEMPLATE_JACCARD, TITLED_CONTAINMENT, days_apart, length_ratio

# A third of the shorter text in passages takes so many 4-grams, and the shortest excerpt so many.
_LEAST_CONTAINMENT = 0.27
_LEAST_SHARED = 17
# Of a template filled twice so much is the same; below, two reports of the same kind share a turn of phrase.
_SIBLING_JACCARD = 0.25
_FILLED_JACCARD = 0.3
_FILLED_SHARE = 0.5
_FILLED_LETTERS = 30
_FILLED_SLOTS = 2
# Where the shared passage stands in the same place of both, what stands around it fills one template.
_PARALLEL_RATIO = 0.7
_PARALLEL_SHIFT = 0.15
_PARALLEL_LETTERS = 60
# Fillings are something beside what stands between them, scattered edits are not.
_SLOTTED_SHARE = 0.1
# An excerpt is nearly all in the other, an overlap (a digest, a half-copied article) for a third, in whole passages.
_EXCERPT_LETTERS = 30
_EXCERPT_CONTAINMENT = 0.85
_EXCERPT_TOLD = 0.6
_EXCERPT_RATIO = 0.8
_WHOLE_LETTERS = 20
_WHOLE_CONTAINMENT = 0.98
_OVERLAP_LETTERS = 60
_OVERLAP_TOLD = 0.3
_SURE_OVERLAP_LETTERS = 85
_SURE_OVERLAP_TOLD = 0.5
# Texts are quoted while they are news. Later a passage must be longer than any formula: who came along, who broadcasts.
_OVERLAP_DAYS = 7
_FAR_LETTERS = 150
_UPDATE_DAYS = 3
# Shorter titles are those of columns and services.
_TITLE_LETTERS = 6
_PAIR = ["short_id", "long_id"]
_COUNTS = ["placed", "told", "slots", "slotted", "longest", "start_short", "start_long"]


def with_passages(judged: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """The pairs with what `aligned` says of those that are neither copies nor of one template, 0 for the others.

    Args:
        judged: What `with_verdicts` returns.
        known: What `profiles` returns.
    """
    is_enough = (pl.col("containment") >= _LEAST_CONTAINMENT) & (pl.col("shared") >= _LEAST_SHARED)
    is_open = pl.col("verdict").is_null() & ~pl.col("is_template") & is_enough
    undecided = judged.filter(is_open).select(_PAIR)
    wanted = pl.concat([undecided["short_id"], undecided["long_id"]]).unique()
    passages = aligned(undecided, known.filter(pl.col("document_id").is_in(wanted.implode())))
    return judged.join(passages, on=_PAIR, how="left").with_columns(pl.col(_COUNTS).fill_null(0))


def _is_filled() -> pl.Expr:
    """Whether one template was filled twice.

    Shared passages alternate with something else in the same places; or one stands in the same place of two texts of
    like length of which a third of the figures are other; or the title returns after months, as what is reported every
    year does.
    """
    ratio = length_ratio()
    alternates = (
        (pl.col("slots") >= _FILLED_SLOTS)
        & (pl.col("slotted") >= _SLOTTED_SHARE * pl.col("placed"))
        & (ratio >= _FILLED_SHARE)
    )
    shift = pl.col("start_short") / pl.col("short") - pl.col("start_long") / pl.col("long")
    is_parallel = (
        (ratio >= _PARALLEL_RATIO)
        & (shift.abs() <= _PARALLEL_SHIFT)
        & (pl.col("told") >= _PARALLEL_LETTERS)
        & (pl.col("unlike") * 3 >= pl.col("fewer"))
    )
    returns = pl.col("same_title") & (days_apart() > FAR_DAYS).fill_null(False) & (ratio >= _FILLED_SHARE)
    return alternates | is_parallel | returns


def _is_sibling() -> pl.Expr:
    """Whether the template is most of the text."""
    return (
        _is_filled()
        & (pl.col("jaccard") >= _FILLED_JACCARD)
        & (pl.col("placed") >= _FILLED_SHARE * pl.col("short"))
        & (pl.col("told") >= _FILLED_LETTERS)
    )


def _is_quoted(days: int) -> pl.Expr:
    """Whether one may quote the other: published so few days apart, or with more in common than a formula holds."""
    return ((days_apart() <= days).fill_null(True) | (pl.col("told") >= _FAR_LETTERS)) & ~_is_filled()


def _is_excerpt() -> pl.Expr:
    """Whether nearly nothing of the shorter text stands outside the longer one, and it stands there in one piece or few."""
    told = (pl.col("told") >= _EXCERPT_LETTERS) & (pl.col("told") >= _EXCERPT_TOLD * pl.col("short"))
    whole = (pl.col("longest") >= _WHOLE_LETTERS) & (pl.col("containment") >= _WHOLE_CONTAINMENT)
    explained = (pl.col("containment") >= _EXCERPT_CONTAINMENT) & (length_ratio() <= _EXCERPT_RATIO)
    return (told | whole) & explained & _is_quoted(FAR_DAYS)


def _is_overlap() -> pl.Expr:
    """Whether a good part of the shorter text stands in the longer in whole passages."""
    told, share = pl.col("told"), pl.col("told") / pl.col("short")
    is_long = (told >= _SURE_OVERLAP_LETTERS) | (share >= _SURE_OVERLAP_TOLD)
    return (told >= _OVERLAP_LETTERS) & (share >= _OVERLAP_TOLD) & is_long & _is_quoted(_OVERLAP_DAYS)


def _is_told_again() -> pl.Expr:
    """Whether the same source told something again in the next days, much of the text kept."""
    soon = (days_apart() <= _UPDATE_DAYS).fill_null(False)
    return soon & (pl.col("source_id") == pl.col("source_id_other")) & (pl.col("jaccard") >= TEMPLATE_JACCARD)


def _is_update() -> pl.Expr:
    """Whether it was told again under the same title, one that tells of something."""
    return pl.col("same_title") & (pl.col("title_hans").str.len_chars() >= _TITLE_LETTERS) & _is_told_again()


def _is_told_on() -> pl.Expr:
    """Whether it has other figures because more is known: a toll grows under the same headline, or a mistake is mended."""
    grows = pl.col("same_headline") & pl.col("has_toll") & pl.col("has_toll_other")
    is_mended = (pl.col("is_correction") != pl.col("is_correction_other")) & (
        pl.col("containment") >= TITLED_CONTAINMENT
    )
    return (grows | is_mended) & _is_told_again()


def with_relations(judged: pl.DataFrame) -> pl.DataFrame:
    """The pairs with `relation`, null for copies and for what has phrases in common only.

    Args:
        judged: What `with_passages` returns.
    """
    relation = (
        pl.when(pl.col("verdict").is_not_null())
        .then(None)
        .when(_is_told_on())
        .then(pl.lit("update_of"))
        .when("is_template")
        .then(pl.when(pl.col("jaccard") >= _SIBLING_JACCARD).then(pl.lit("sibling")))
        .when(_is_excerpt())
        .then(pl.lit("excerpt_of"))
        .when(_is_update())
        .then(pl.lit("update_of"))
        .when(_is_sibling())
        .then(pl.lit("sibling"))
        .when(_is_overlap())
        .then(pl.lit("overlaps"))
    )
    return judged.with_columns(relation=relation)
