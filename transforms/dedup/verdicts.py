"""Whether two texts are one article, told from what they share, what differs in its places, and what is missing."""

from __future__ import annotations

import polars as pl

from transforms.dedup.bodies import is_other_script

# Copies have a containment of .79 and more, half-copied articles a Jaccard index of .47 and less, excerpts a length of
# .41 and less of their whole, siblings a Jaccard index of up to .94.
# Under another title: a series of one wording (a visit, a commentary, a book published) reaches .81 and .71.
_COPY_CONTAINMENT = 0.82
_COPY_JACCARD = 0.65
TITLED_CONTAINMENT = 0.65
_TITLED_JACCARD = 0.45
# What is said again every year in the same words, under the same title, is other news: a late copy is a close one.
FAR_DAYS = 31
_CLOSE_CONTAINMENT = 0.9
_CLOSE_JACCARD = 0.8
_CUT_CONTAINMENT = 0.9
_TITLED_CUT_CONTAINMENT = 0.8
_CUT_RATIO = 0.45
_CUT_MAX_RATIO = 0.93
_CUT_LETTERS = 12
_CUT_START_SHARE = 0.5
_CUT_END_SHARE = 0.15
# Under a title that returns day by day a text of one sentence is worded alike and tells other news.
_BRIEF_LETTERS = 60
_PART_RATIO = 0.6
_LONG_PART_RATIO = 0.8
# Below, two texts share phrases, and other figures between the same words mean nothing.
TEMPLATE_JACCARD = 0.2


def days_apart() -> pl.Expr:
    """Days between the two publications; null where one is not known."""
    return (pl.col("published_on") - pl.col("published_on_other")).dt.total_days().abs()


def length_ratio() -> pl.Expr:
    """The shorter text's share of the longer one's length."""
    return pl.col("short") / pl.max_horizontal("long", 1)


def has_other_figures() -> pl.Expr:
    """Whether so many figures differ in their places that one template was filled twice."""
    share = pl.col("differing") / pl.max_horizontal("aligned", 1)
    many = (share >= 0.25) | ((pl.col("differing") >= 3) & (share >= 0.12))
    return many & (pl.col("jaccard") >= TEMPLATE_JACCARD)


def _has_figures_of_its_own() -> pl.Expr:
    """Whether half of the figures of one text stand nowhere in the other, and neither the title nor the text is the same.

    Where all around a figure is other too it has no place to be compared in.
    """
    unlike = pl.col("unlike")
    is_loose = ~pl.col("same_title") & (pl.col("containment") < _CLOSE_CONTAINMENT)
    return is_loose & (unlike >= 2) & (unlike * 2 >= pl.col("fewer"))


def _has_other_names() -> pl.Expr:
    """Whether half of the names differ in their places.

    Two of them under one title, as an edit may hit one name, and in another script, as its conversion may. One is enough
    in a text of one sentence, whose title may be no more than how it begins, and one that has no letter of the other where
    hardly anything else was edited.
    """
    may_be_edited = _is_titled() & ~(_is_close() & (pl.col("apart_names") > 0))
    needed = pl.when(may_be_edited | pl.col("is_other_script")).then(2).otherwise(1)
    differing = pl.col("differing_names")
    return (differing >= needed) & (differing * 2 >= pl.col("aligned_names"))


def _is_titled() -> pl.Expr:
    """Whether the two have one title, and text enough for a title to tell anything."""
    return pl.col("same_title") & (pl.col("short") >= _BRIEF_LETTERS)


def _is_cut() -> pl.Expr:
    """Whether the shorter text is the longer one cut off behind its beginning."""
    same_title, ratio = _is_titled(), length_ratio()
    from_start = same_title | (pl.col("start_share") >= _CUT_START_SHARE)
    missing_end = (pl.col("long") - pl.col("short") >= _CUT_LETTERS) & (pl.col("end_share") <= _CUT_END_SHARE)
    kept = pl.col("containment") >= pl.when(same_title).then(_TITLED_CUT_CONTAINMENT).otherwise(_CUT_CONTAINMENT)
    return missing_end & from_start & kept & ratio.is_between(_CUT_RATIO, _CUT_MAX_RATIO)


def _is_part() -> pl.Expr:
    """Whether the shorter text is so much shorter, or begins so much later, that it is a part at most."""
    contained, ratio = pl.col("containment"), length_ratio()
    from_start = pl.col("same_title") | (pl.col("start_share") >= _CUT_START_SHARE)
    long_part = ~from_start & (contained >= _CUT_CONTAINMENT) & (ratio <= _LONG_PART_RATIO)
    return long_part | ((ratio <= _PART_RATIO) & (pl.col("jaccard") <= _PART_RATIO))


def _is_close() -> pl.Expr:
    """Whether hardly anything was edited."""
    return (pl.col("containment") >= _CLOSE_CONTAINMENT) & (pl.col("jaccard") >= _CLOSE_JACCARD)


def _is_alike() -> pl.Expr:
    """Whether the two share so much that only figures and names can make two articles of them."""
    contained, jaccard = pl.col("containment"), pl.col("jaccard")
    alike = (contained >= _COPY_CONTAINMENT) & (jaccard >= _COPY_JACCARD)
    # A title alone says nothing; over mostly the same text it tells an edited copy from another article's quotation.
    titled = _is_titled() & (contained >= TITLED_CONTAINMENT) & (jaccard >= _TITLED_JACCARD)
    is_far = (days_apart() > FAR_DAYS).fill_null(False)
    return pl.when(is_far).then(_is_close()).otherwise(alike | titled | pl.col("is_misprinted")) & ~_is_part()


def with_verdicts(described: pl.DataFrame) -> pl.DataFrame:
    """The pairs with `is_template`, `is_other_script`, and `verdict`, null where the two are not one article."""
    across = pl.when("is_other_script").then(pl.lit("cross_script"))
    verdict = (
        pl.when("same_letters")
        .then(across.otherwise(pl.lit("exact")))
        .when("is_template")
        .then(None)
        .when(_is_cut())
        .then(pl.lit("truncated"))
        .when("is_alike")
        .then(across.otherwise(pl.lit("near")))
    )
    return (
        described.with_columns(
            is_alike=_is_alike(),
            is_other_script=is_other_script("script", "script_origin", "script_other", "script_origin_other"),
        )
        .with_columns(
            is_template=has_other_figures() | ((_has_other_names() | _has_figures_of_its_own()) & pl.col("is_alike"))
        )
        .with_columns(verdict=verdict)
    )
