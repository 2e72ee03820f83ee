"""The year of a dateline that states none, inferred from what its article says of its time."""

from __future__ import annotations

import polars as pl

from transforms.metadata.judgement import Judgement

_FULL_DATE = r"(.{0,4})((?:19|20)[0-9]{2})年([0-9]{1,2})月([0-9]{1,2})[日号號](.{0,4})"
_BARE_YEAR = r"(?:^|[^0-9到至])((?:19|20)[0-9]{2})年(?:[^底前末将將起])"
_YEAR_AND_MONTH = r"(.{0,4})((?:19|20)[0-9]{2})年([0-9]{1,2})月([^0-9](?:.{0,3}))"
# Years told from the year of writing, and how far they lie from it.
_TOLD = {
    0: r"今年[(（](20[0-9]{2})年?[)）]|(20[0-9]{2})年[(（]今年[)）]|今年是(20[0-9]{2})年",
    1: r"去年[(（](20[0-9]{2})年?[)）]|(20[0-9]{2})年[(（]去年[)）]|去年[,，]即(20[0-9]{2})年",
    -1: r"明年[(（](20[0-9]{2})年?[)）]|(20[0-9]{2})年[(（]明年[)）]|明年[,，]即(20[0-9]{2})年",
}
_FOUNDED = r"((?:18|19|20)[0-9]{2})年[^。！？\n]{0,30}<founded>"
_ANNIVERSARY = r"<celebrated>[^。！？\n]{0,16}?([0-9]{1,3})(?:周年|週年)"
# A longer gap says that the article remembers, not when it was written.
LONGEST_GAP, LONGEST_LEAD, LEAD_COST = 240, 60, 90


def years(wanted: pl.DataFrame, bodies: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """document_id, year: the year the article calls its own, else that in which month and day lie soonest after its dates.

    `wanted`: document_id, month, day; `bodies`: document_id, body_original. Dates count to the day, then to the month.
    Documents whose dates give no clear year, or mention a later year as if it were present, are missing from the result.
    """
    if wanted.is_empty():
        return wanted.select("document_id", year=pl.lit(None, pl.Int32))
    texts = bodies.join(wanted, on="document_id", how="semi").select("document_id", text="body_original")
    found = _told(texts, judgement)
    for dates in (_mentioned(texts, pattern, judgement) for pattern in (_FULL_DATE, _YEAR_AND_MONTH)):
        still = wanted.join(found, on="document_id", how="anti")
        found = pl.concat([found, _nearest(still, texts, dates)])
    return found.sort("document_id")


def _told(texts: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """document_id, year: the year by which 今年, 去年, 明年 or one anniversary is explained, where all agree."""
    text = pl.col("text")
    explained = [
        text.str.extract_all(pattern).list.eval(pl.element().str.extract("(20[0-9]{2})").cast(pl.Int32) + distance)
        for distance, pattern in _TOLD.items()
    ]
    patterns = [judgement.shaped(shape) for shape in (_FOUNDED, _ANNIVERSARY)]
    founded, age = (text.str.extract(pattern).cast(pl.Int32) for pattern in patterns)
    once = pl.all_horizontal(text.str.count_matches(pattern) == 1 for pattern in patterns)
    anniversary = pl.concat_list(pl.when(once).then(founded + age)).list.drop_nulls()
    told = pl.concat_list([*explained, anniversary]).list.unique()
    return (
        texts.with_columns(told=told)
        .filter(pl.col("told").list.len() == 1)
        .select("document_id", year=pl.col("told").list.first())
    )


def _nearest(wanted: pl.DataFrame, texts: pl.DataFrame, mentioned: pl.DataFrame) -> pl.DataFrame:
    """document_id, year: the year in which month and day lie soonest after the `mentioned` dates (document_id, on)."""
    latest_bare = texts.select(
        "document_id",
        bare=pl.col("text")
        .str.extract_all(_BARE_YEAR)
        .list.eval(pl.element().str.extract(r"([0-9]{4})").cast(pl.Int32))
        .list.max(),
    )
    tried = (
        wanted.select("document_id", "month", "day")
        .join(mentioned, on="document_id", how="inner")
        .with_columns(year=pl.concat_list(pl.col("on").dt.year() + step for step in (-1, 0, 1)))
        .explode("year")
        .select("document_id", "month", "day", "year")
        .unique()
        .with_columns(published=_date(pl.col("year"), pl.col("month"), pl.col("day")))
        .filter(pl.col("published").is_not_null())
        .join(mentioned, on="document_id", how="inner")
        .with_columns(gap=(pl.col("published") - pl.col("on")).dt.total_days())
    )
    gap = pl.col("gap")
    return (
        tried.group_by("document_id", "year")
        .agg(nearest=gap.filter(gap >= 0).min(), lead=(-gap).filter(gap < 0).max().fill_null(0))
        .filter((pl.col("nearest") <= LONGEST_GAP) & (pl.col("lead") <= LONGEST_LEAD))
        .with_columns(cost=pl.col("nearest") + pl.when(pl.col("lead") > 0).then(LEAD_COST).otherwise(0))
        .sort("document_id", "cost", "year")
        .unique("document_id", keep="first", maintain_order=True)
        .join(latest_bare, on="document_id", how="left")
        .filter(pl.col("bare").is_null() | (pl.col("bare") <= pl.col("year")))
        .select("document_id", pl.col("year").cast(pl.Int32))
    )


def _mentioned(texts: pl.DataFrame, pattern: str, judgement: Judgement) -> pl.DataFrame:
    """document_id, on: the distinct dates of each text that are not plainly ahead of it; a month by its first day.

    Dates of plans and deadlines lie ahead of publication as often as not; they are no evidence.
    """
    groups = pl.col("match").str.extract_groups(pattern)
    to_the_day = pattern == _FULL_DATE
    return (
        texts.select("document_id", match=pl.col("text").str.extract_all(pattern))
        .explode("match")
        .filter(pl.col("match").is_not_null())
        .select(
            "document_id",
            before=groups.struct[0],
            on=_date(groups.struct[1], groups.struct[2], groups.struct[3] if to_the_day else pl.lit("1")),
            after=groups.struct[4] if to_the_day else groups.struct[3],
        )
        .filter(
            pl.col("on").is_not_null()
            & ~pl.col("before").str.contains(judgement.framed("ahead"))
            & ~pl.col("after").str.contains(judgement.framed("behind"))
        )
        .select("document_id", "on")
        .unique()
    )


def _date(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    """The date of its parts; NULL for one no calendar has (30 February)."""
    parts = [year.cast(pl.String), month.cast(pl.String).str.zfill(2), day.cast(pl.String).str.zfill(2)]
    return pl.concat_str(parts).str.to_date("%Y%m%d", strict=False)
