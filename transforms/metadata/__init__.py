"""What a page says about its article: read out of the removed noise before the noise is forgotten."""

from __future__ import annotations

import polars as pl

from transforms import pii
from transforms.metadata.credits import CREDIT, author_lines, credits
from transforms.metadata.dateline import datelines, filed_from
from transforms.metadata.judgement import Judgement
from transforms.metadata.outlet import datelined, outlets, sections, signed
from transforms.metadata.published import published
from transforms.metadata.spans import cued, spans, unannounced

# Where personal data may stand.
FREE_TEXT = ["outlet", "author_line", "section", "published_evidence"]
COLUMNS = {
    "document_id": pl.String,
    "agency": pl.String,
    "outlet": pl.String,
    "author_line": pl.String,
    "dateline_place": pl.String,
    "section": pl.String,
    "credits": pl.List(CREDIT),
    "published_on": pl.Date,
    "published_at_utc": pl.Datetime("us"),
    "published_precision": pl.String,
    "published_is_inferred": pl.Boolean,
    "published_evidence": pl.String,
}


def metadata(parts: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """One row per document, sorted by document_id, with COLUMNS: agency, outlet, credits, section, date of publication.

    `parts`: document_id, body_original, title_original, removed (list of structs with ordinal, line_no, category, text
    in the original script), published_field, author_field, outlet_field, section_field, time_zone (IANA). Values stay
    in the original script but for `agency`, which is canonical Simplified; personal data in them is masked.
    Not stated = NULL, precision 'none'.
    """
    found = spans(parts, judgement)
    cues = cued(found, judgement)
    alone = unannounced(found, cues)
    lines = datelines(found, judgement)
    tables = [
        lines.select("document_id", "agency", signed_at="dateline_place"),
        filed_from(found, judgement),
        outlets(cues, alone, judgement).rename({"outlet": "outlet_stated"}),
        datelined(found, judgement),
        signed(parts, judgement),
        author_lines(cues).rename({"author_line": "author_line_stated"}),
        sections(found, parts.select("document_id", "title_original"), judgement).rename({"section": "section_stated"}),
        credits(found, cues, alone, judgement),
        published(parts, cues, lines, judgement),
    ]
    joined = parts.select("document_id", "author_field", "outlet_field", "section_field")
    for table in tables:
        joined = joined.join(table, on="document_id", how="left")
    stated = (
        joined.with_columns(
            outlet=pl.coalesce(
                "outlet_stated", _stated("outlet_field"), "outlet_datelined", _nobody("outlet_signed"), "outlet_of_site"
            ),
            dateline_place=pl.coalesce("signed_at", "filed_from"),
            author_line=pl.coalesce(_stated("author_field"), "author_line_stated"),
            section=pl.coalesce("section_stated", _stated("section_field")),
            credits=pl.col("credits").fill_null(pl.lit([], pl.List(CREDIT))),
            published_precision=pl.col("published_precision").fill_null("none"),
            published_is_inferred=pl.col("published_is_inferred").fill_null(False),
        )
        .select(pl.col(name).cast(dtype) for name, dtype in COLUMNS.items())
        .sort("document_id")
    )
    return pii.cover(stated, FREE_TEXT)[0]


def _stated(field: str) -> pl.Expr:
    """A field of the source, NULL where blank."""
    text = pl.col(field).str.strip_chars()
    return pl.when(text != "").then(text)


def _nobody(outlet: str) -> pl.Expr:
    """An outlet, NULL where it is one of those credited: whose work a page says it is (本文由周岚原创) may be its author."""
    names = pl.col("credits").list.eval(pl.element().struct.field("name"))
    return pl.when(~names.list.contains(pl.col(outlet)).fill_null(value=False)).then(outlet)


__all__ = ["COLUMNS", "Judgement", "metadata"]
