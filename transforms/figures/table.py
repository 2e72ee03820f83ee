"""The table of figures: texts scanned, each distinct match read once, context judged on whole columns."""

from __future__ import annotations

from functools import lru_cache, partial

import polars as pl

from transforms.dates import AHEAD, SINCE, resolved
from transforms.figures import context, currency
from transforms.figures.doubt import doubted
from transforms.figures.grammar import Grammar, build
from transforms.figures.reading import readings
from transforms.figures.scan import scan
from transforms.figures.slashed import slashed
from transforms.remembered import Remembered

COLUMNS = [
    "document_id", "ordinal", "text", "kind", "value", "value_min", "value_max", "unit", "date_value", "qualifier",
    "start_offset", "end_offset", "where_found", "is_suspect", "note",
]  # fmt: skip
EXACT_DIGITS = 15
"""Decimal digits a double holds for certain: with no more of them 5.6% is 0.056 and not 0.055999999999999994."""


def figures(documents: pl.DataFrame, units: pl.DataFrame, idioms: pl.DataFrame) -> pl.DataFrame:
    """One row per quantity stated: the columns of core.figures, sorted by document_id and ordinal.

    documents: document_id, title_hans, body_hans, headings (List of Struct with text_hans), published_on (Date),
    script, script_region, script_origin (what 元 stands for).
    units: unit_text, kind, unit, factor; idioms: rule_id, pattern. Offsets count code points of the text of where_found.
    """
    grammar = build(units, idioms)
    matches = _cut(scan(_texts(documents), grammar, _readings(grammar)))
    judged = (
        matches.pipe(context.republican, documents, idioms)
        .pipe(context.unnumbered)
        .pipe(context.unglued, units)
        .pipe(context.plausible, units)
        .pipe(currency.priced, units)
    )
    judged = (
        judged.pipe(currency.local, documents, units)
        .pipe(context.heated, units)
        .pipe(slashed, documents)
        .pipe(context.changed)
        .pipe(context.clocked)
        .pipe(context.spanned)
        .pipe(context.placed)
        .pipe(doubted)
    )
    judged = (
        judged.pipe(context.qualified, units)
        .pipe(context.paced)
        .pipe(context.per)
        .pipe(context.extended)
        .pipe(context.joined, units)
        .pipe(context.hedged)
    )
    return (
        _dated(judged, documents)
        .select(
            "document_id",
            pl.int_range(pl.len(), dtype=pl.Int64).over("document_id").alias("ordinal"),
            *COLUMNS[2:],
        )
        .with_columns(pl.col("value", "value_min", "value_max").round_sig_figs(EXACT_DIGITS))
    )


def _texts(documents: pl.DataFrame) -> pl.DataFrame:
    """One row per text: document_id, where_found, text, in the order figures are numbered."""
    title = documents.select("document_id", where_found=pl.lit("title"), place=0, text="title_hans")
    body = documents.select("document_id", where_found=pl.lit("body"), place=1, text="body_hans")
    headings = (
        documents.select("document_id", "headings")
        .explode("headings", empty_as_null=False)
        .select(
            "document_id",
            where_found=pl.lit("heading"),
            place=pl.int_range(2, pl.len() + 2, dtype=pl.Int32).over("document_id"),
            text=pl.col("headings").struct.field("text_hans"),
        )
    )
    return (
        pl.concat([title, body, headings], how="vertical_relaxed")
        .filter(pl.col("text").is_not_null())
        .sort("document_id", "place")
        .with_row_index("text_no")
    )


@lru_cache(maxsize=1)
def _readings(grammar: Grammar) -> Remembered:
    """What matches state, by the grammar at work; `kind` is NULL for one that is no quantity."""
    return Remembered(partial(_stated, grammar=grammar))


def _stated(pieces: pl.Series, grammar: Grammar) -> pl.DataFrame:
    every = pieces.to_frame("piece")
    quantities = every.filter(
        (~pl.col("piece").str.contains(grammar.idiom) | pl.col("piece").str.contains(grammar.priced))
        & (pl.col("piece").str.len_chars() < 60)
    )
    return every.join(readings(quantities, grammar), on="piece", how="left", maintain_order="left").drop("piece")


def _cut(matches: pl.DataFrame) -> pl.DataFrame:
    """The matches with the quantity in them as `text`; what else they hold stands before and after it."""
    return matches.with_columns(
        text=pl.col("piece").str.slice(pl.col("start"), pl.col("end") - pl.col("start")),
        start_offset=pl.col("start_in_text") + pl.col("start"),
        end_offset=pl.col("start_in_text") + pl.col("end"),
        # Inside the match but before the text stands a qualifier the reading already used.
        before=pl.when(pl.col("start") == 0).then("before").otherwise(pl.lit("")),
        after=pl.when(pl.col("end") == pl.col("length"))
        .then("after")
        .otherwise(pl.col("piece").str.slice(pl.col("end")) + pl.col("after")),
        unit_text=pl.col("unit_text").fill_null(""),
    )


def _dated(rows: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """Add date_value, the first day of dates and date ranges."""
    numbered = rows.with_row_index("row")
    dates = numbered.filter(pl.col("date_text").is_not_null()).join(
        documents.select("document_id", "published_on"), on="document_id", how="left", maintain_order="left"
    )
    known = resolved(
        dates.with_columns(is_since=pl.col("after").str.contains(SINCE), is_ahead=pl.col("before").str.contains(AHEAD))
    ).select("row", "date_from", "date_to")
    first, last = pl.col("date_from"), pl.col("date_to")
    # 2002年到2007年 counts years; a range of days has no number but its dates.
    in_years = (pl.col("kind") == "date_range") & (first.dt.ordinal_day() == 1) & (last.dt.month() == 12)
    in_years &= (last.dt.day() == 31) & ~pl.col("text").str.contains("[月日号世代]")
    return (
        numbered.join(known, on="row", how="left", maintain_order="left")
        .with_columns(
            date_value="date_from",
            value_min=pl.when(in_years).then(first.dt.year()).otherwise("value_min"),
            value_max=pl.when(in_years).then(last.dt.year()).otherwise("value_max"),
        )
        .sort("text_no", "start_offset")
    )
