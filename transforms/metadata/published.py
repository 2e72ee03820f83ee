"""When an article was published: the most trusted statement of it, in UTC, with its precision and evidence."""

from __future__ import annotations

import polars as pl

from transforms.hanzi import HAN
from transforms.lines import fold
from transforms.metadata import stamps
from transforms.metadata.judgement import Judgement
from transforms.metadata.spans import CREDITS_ONLY, FIELD, GAP_BETWEEN_LABEL_AND_STAMP
from transforms.metadata.year import years

DEFAULT_ZONE = "Asia/Shanghai"
# A moment without a label counts only among the first lines of a page.
LAST_TOP_LINE = 15
_NOT_ABOUT_PUBLICATION = [*CREDITS_ONLY, FIELD, "author_bio", "contact", "reading_time", "banner"]
# Ranks of trust, the smallest first.
STATED_FIELD, STATED_AT_TOP, STATED_WITH_LABEL, STATED_IN_DATELINE, STATED_AS_UPDATE, STATED_AT_FOOT = range(6)
# The foot of a decree or a letter: who signs it, and the day.
FOOT = rf"^[(]?(?:[{HAN}]{{4,24}}\s+)?(?:20[0-9]{{2}}年[0-9]{{1,2}}月[0-9]{{1,2}}日|{stamps.IN_NUMERALS})[)]?$"


def published(parts: pl.DataFrame, cued: pl.DataFrame, datelines: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """Per document with a date: document_id and the five published_ columns of core.clean_documents.

    `parts`: document_id, body_original, published_field, time_zone. A month or year is dated by its first day.
    """
    stated = pl.concat([_from_field(parts, judgement), _from_spans(cued, judgement), _from_dateline(datelines)])
    stated = stated.filter(pl.col("year").is_null() | _local().is_not_null())
    best = stated.sort("document_id", "rank", "ordinal", maintain_order=True).unique(
        "document_id", keep="first", maintain_order=True
    )
    missing = best.filter(pl.col("year").is_null() & pl.col("day").is_not_null())
    inferred = years(missing, parts.select("document_id", "body_original"), judgement).rename({"year": "inferred"})
    dated = (
        best.join(inferred, on="document_id", how="left")
        .with_columns(published_is_inferred=pl.col("year").is_null(), year=pl.coalesce("year", "inferred"))
        .join(
            parts.select("document_id", zone=pl.col("time_zone").fill_null(DEFAULT_ZONE)), on="document_id", how="left"
        )
        .with_columns(local=_local())
        .filter(pl.col("local").is_not_null())
    )
    return pl.concat([_in_zone(group) for _, group in dated.group_by("zone", maintain_order=True)] or [_in_zone(dated)])


def _from_field(parts: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """What the structured source says."""
    return _statements(
        parts.filter(pl.col("published_field").is_not_null()),
        STATED_FIELD,
        moment=stamps.canonical(fold(pl.col("published_field")), judgement.months),
        evidence=pl.col("published_field"),
        ordinal=pl.lit(0, pl.Int64),
    )


def _from_spans(cued: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """What the page says: moments at its top, after a label (发布时间) anywhere, or below a signature."""
    label = pl.when(pl.col("gap") <= GAP_BETWEEN_LABEL_AND_STAMP).then("previous_role")
    bare = pl.col("cue").str.contains(f"^{stamps.unnamed(stamps.REPUBLIC)}$")
    rank = (
        pl.when(label == "publish_time").then(STATED_WITH_LABEL)
        .when(label == "update_time").then(STATED_AS_UPDATE)
        .when(bare).then(None)
        .when((pl.col("line_no") <= LAST_TOP_LINE) & label.fill_null("").ne("today")).then(STATED_AT_TOP)
        .when((pl.col("category") == "byline") & pl.col("folded").str.contains(FOOT)).then(STATED_AT_FOOT)
    )  # fmt: skip
    heard = cued.filter((pl.col("role") == "stamp") & ~pl.col("category").is_in([*_NOT_ABOUT_PUBLICATION, "dateline"]))
    return _statements(
        heard.with_columns(rank=rank).filter(pl.col("rank").is_not_null()),
        pl.col("rank"),
        moment=stamps.canonical(stamps.arabic(pl.col("cue")), judgement.months),
        evidence=pl.col("cue_text"),
        ordinal=pl.col("ordinal") * 100 + pl.col("ordinal_in_span"),
    )


def _from_dateline(datelines: pl.DataFrame) -> pl.DataFrame:
    """What the dateline says, often without a year."""
    return datelines.filter(pl.col("month").is_not_null()).select(
        "document_id",
        rank=pl.lit(STATED_IN_DATELINE, pl.Int32),
        ordinal=pl.lit(0, pl.Int64),
        evidence="evidence",
        year="year",
        month="month",
        day="day",
        clock=pl.lit(None, pl.String),
        minutes_east=pl.lit(None, pl.Int32),
        precision=pl.lit("day"),
    )


def _statements(
    rows: pl.DataFrame, rank: pl.Expr | int, *, moment: pl.Expr, evidence: pl.Expr, ordinal: pl.Expr
) -> pl.DataFrame:
    """One row per statement of a date with its reading unnested."""
    stated = rows.select(
        "document_id",
        rank=(rank if isinstance(rank, pl.Expr) else pl.lit(rank)).cast(pl.Int32),
        ordinal=ordinal.cast(pl.Int64),
        evidence=evidence.str.strip_chars(),
        moment=moment,
    )
    return stamps.read(stated, "moment").drop("moment")


def _local() -> pl.Expr:
    """The moment as stated, a Datetime without zone; NULL for an impossible one or one without a year."""
    day = pl.concat_str(
        pl.col("year").cast(pl.String), pl.col("month").fill_null(1).cast(pl.String).str.zfill(2), pl.col("day").fill_null(1).cast(pl.String).str.zfill(2), separator="-"
    )  # fmt: skip
    text = day + " " + pl.col("clock").fill_null("00:00:00")
    return text.str.to_datetime("%Y-%m-%d %H:%M:%S", time_unit="us", strict=False)


def _in_zone(rows: pl.DataFrame) -> pl.DataFrame:
    """The published_ columns of rows that share one time zone."""
    zone = str(rows["zone"][0]) if rows.height else DEFAULT_ZONE
    stated = pl.col("local") - pl.duration(minutes=pl.col("minutes_east"))
    here = (
        pl.col("local")
        .dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
        .dt.convert_time_zone("UTC")
        .dt.replace_time_zone(None)
    )
    utc = pl.when(pl.col("clock").is_not_null()).then(pl.coalesce(stated, here))
    there = pl.col("published_at_utc").dt.replace_time_zone("UTC").dt.convert_time_zone(zone).dt.date()
    return rows.with_columns(published_at_utc=utc).select(
        "document_id",
        published_on=pl.coalesce(there, pl.col("local").dt.date()),
        published_at_utc="published_at_utc",
        published_precision="precision",
        published_is_inferred="published_is_inferred",
        published_evidence="evidence",
    )
