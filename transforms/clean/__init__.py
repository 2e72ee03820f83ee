"""Web noise cut, damage mended, structure recognised: what arrived becomes a clean document."""

from __future__ import annotations

import polars as pl

from transforms import pii
from transforms.clean.article import cleaned_parts
from transforms.metadata import metadata
from transforms.metadata.judgement import Judgement
from transforms.tables.core import CleanDocument

DEFAULT_TIME_ZONE = "Asia/Shanghai"
# A path names a page, with whatever digits; what is asked of it may name a person.
QUERY = r"(\?.*)$"
# What a source may state beside the text, and a reader may see.
STATED = ["title_field", "author_field", "outlet_field", "section_field", "query"]
METADATA = [
    "agency", "outlet", "author_line", "dateline_place", "section", "credits", "published_on", "published_at_utc",
    "published_precision", "published_is_inferred", "published_evidence",
]  # fmt: skip


def clean_documents(
    documents: pl.DataFrame,
    noise_rules: pl.DataFrame,
    sources: pl.DataFrame,
    agencies: pl.DataFrame,
    byline_cues: pl.DataFrame,
    dateline_places: pl.DataFrame,
    credit_surnames: pl.DataFrame,
    page_patterns: pl.DataFrame,
    month_names: pl.DataFrame,
    furniture: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """The clean document of every raw one: the columns of core.CleanDocument, sorted by document_id.

    `documents` are rows of raw.documents, distinct by document_id; the other frames are the seed tables of these names. A document with
    nothing left keeps its row with an empty body. Offsets count code points of the raw `text`.
    """
    judgement = Judgement(agencies, byline_cues, dateline_places, credit_surnames, page_patterns, month_names)
    documents, stated_findings = pii.cover(documents.with_columns(query=pl.col("url").str.extract(QUERY)), STATED)
    shown, findings = _covered(documents, noise_rules, judgement, furniture)
    stated = _stated(documents, sources, shown, judgement)
    return (
        shown.join(documents.select("document_id", "source_id", "night", _address(), "natural_id"), on="document_id")
        .join(stated.select("document_id", *METADATA), on="document_id", how="left")
        .join(_told(findings, stated_findings), on="document_id", how="left")
        .with_columns(pl.col("pii").fill_null([]), pl.col("credits").fill_null([]))
        .select(CleanDocument.column_names())
        .sort("document_id")
    )


def _covered(
    documents: pl.DataFrame, noise_rules: pl.DataFrame, judgement: Judgement, furniture: pl.DataFrame | None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What `cleaned_parts` makes of the documents with personal data covered, and what of that stands in their texts."""
    texts = documents.select("document_id", "text")
    findings = pii.find(texts)

    def cleaned(some: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
        covered = pii.mask(texts.join(found.select("document_id").unique(), on="document_id", how="semi"), found)
        covered = covered.select("document_id", masked_text="text")
        return cleaned_parts(some.join(covered, on="document_id", how="left"), noise_rules, judgement, furniture)

    shown = cleaned(documents, findings)
    # A number whose measure went with what was cut beside it may be anybody's: it is covered, the article stays.
    bared = pii.bared(texts, findings, shown.select("document_id", text="body_original"))
    if bared.height:
        findings = pl.concat([findings, bared]).sort("document_id", "start_offset")
        again = documents.join(bared.select("document_id"), on="document_id", how="semi")
        shown = pl.concat([shown.join(again, on="document_id", how="anti"), cleaned(again, findings)])
    return shown, findings


def _stated(documents: pl.DataFrame, sources: pl.DataFrame, shown: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """The metadata of the documents (see metadata), each read in the time zone of its source; `shown` as `_covered` tells."""
    zones_of = sources.select("source_id", "time_zone").unique("source_id", keep="first")
    return metadata(
        documents.join(zones_of, on="source_id", how="left")
        .with_columns(pl.col("time_zone").fill_null(DEFAULT_TIME_ZONE))
        .join(shown.select("document_id", "body_original", "title_original", removed="told"), on="document_id"),
        judgement,
    )


def _told(findings: pl.DataFrame, stated: pl.DataFrame) -> pl.DataFrame:
    """document_id, pii: what was found in each text and, without a place, in what its source states."""
    nowhere = pl.lit(None, pl.Int64)
    return (
        pl.concat([findings, stated.with_columns(start_offset=nowhere, end_offset=nowhere)])
        .group_by("document_id")
        .agg(
            pii=pl.struct("kind", "start_offset", "end_offset", "raw", "masked", "digest").sort_by(
                "start_offset", "raw", nulls_last=True
            )
        )
    )


def _address() -> pl.Expr:
    """`url` with the `query` that may be shown."""
    return (pl.col("url").str.replace(QUERY, "") + pl.col("query").fill_null("")).alias("url")
