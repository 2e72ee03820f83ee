"""Furniture of a source: lines at the margins of many of its articles that are no article's own."""

from __future__ import annotations

import polars as pl

from transforms.lines import fold, place

# So many paragraphs at either end of an article are its margin.
MARGIN = 4
LONGEST = 60
# In so many articles of a source, and in such a share of them, a line is furniture.
ARTICLES, SHARE = 5, 0.05
FOUND = {
    "line": pl.UInt32,
    "zone": pl.String,
    "order": pl.UInt32,
    "found_category": pl.String,
    "found_rule": pl.String,
}


def furniture(documents: pl.DataFrame) -> pl.DataFrame:
    """source_id, line, article_count, article_share: what each source says over and over, most often first.

    `documents` has source_id and body_original. Articles are counted by their longest paragraph, so that a story many
    times copied counts once and a line its copies share is no furniture; the result is a function of the set of
    articles, whatever their order and however often they came.
    """
    paragraphs = (
        documents.select("source_id", "body_original")
        .unique()
        .with_row_index("document")
        .with_columns(line=pl.col("body_original").str.split("\n"))
        .drop("body_original")
        .explode("line")
        .with_columns(
            chars=pl.col("line").str.len_chars(), from_top=pl.int_range(pl.len()).over("document"), size=pl.len().over("document")
        )
    )  # fmt: skip
    longest = (
        paragraphs.sort("document", "chars", "line", descending=[False, True, False])
        .group_by("document", maintain_order=True)
        .agg(anchor=pl.col("line").first())
    )
    known = paragraphs.join(longest, on="document").with_columns(articles=pl.col("anchor").n_unique().over("source_id"))
    at_margin = (pl.col("from_top") < MARGIN) | (pl.col("from_top") >= pl.col("size") - MARGIN)
    return (
        known.filter(at_margin & pl.col("chars").is_between(2, LONGEST) & (pl.col("line") != pl.col("anchor")))
        # What ends in a full stop may be a formula of the news itself.
        .filter(~pl.col("line").str.contains("[“”「」]|[。！？!?；;：:]$"))
        .group_by("source_id", "line")
        .agg(article_count=pl.col("anchor").n_unique().cast(pl.Int64), articles=pl.col("articles").first())
        .with_columns(article_share=(pl.col("article_count") / pl.col("articles")).round(4))
        .filter((pl.col("article_count") >= ARTICLES) & (pl.col("article_share") >= SHARE))
        .select("source_id", "line", "article_count", "article_share")
        .sort("source_id", "article_count", "line", descending=[False, True, False])
    )


def standing(lines: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """line, zone, order, found_category, found_rule, as of rules that fit: `lines` at a margin that are `known` furniture.

    `lines` has doc, line, folded and source_id; `known` has source_id and line (the text).
    """
    if known.is_empty():
        return pl.DataFrame(schema=FOUND)
    from_top, size = place(), pl.len().over("doc")
    said = known.select("source_id", folded=fold(pl.col("line").str.strip_chars())).unique()
    return (
        lines.select("line", "source_id", "folded", at_margin=(from_top < 2 * MARGIN) | (from_top >= size - 2 * MARGIN))
        .filter("at_margin")
        .join(said, on=["source_id", "folded"], how="semi")
        .select(
            "line",
            zone=pl.lit("any"),
            # Any rule that fits says better what the line is.
            order=pl.lit(2**32 - 1, pl.UInt32),
            found_category=pl.lit("boilerplate"),
            found_rule=pl.lit("furniture_of_source"),
        )
    )
