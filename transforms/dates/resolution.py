"""Date expressions of whole frames resolved, each distinct (expression, anchor) once."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import polars as pl

from transforms.dates.calendar import Anchor, Span, resolve
from transforms.dates.reading import TOLD_YEARS, Reading, read

STATED = {"year": pl.Int64, "month": pl.Int64, "is_full": pl.Boolean}
SPAN = {"date_from": pl.Date, "date_to": pl.Date, "precision": pl.String}
DAY_ALONE = "^[0-9]{1,2}月[0-9]{1,2}日"
_ANCHOR = ["date_text", "anchor_day", "anchor_year", "anchor_month", "is_ahead"]


def resolved(dates: pl.DataFrame) -> pl.DataFrame:
    """Add date_from, date_to, precision (null: not resolved) to date expressions.

    dates: document_id, sentence_no (Int, of no other document), date_text, published_on (Date), rows of a document in
    text order.
    A year stated earlier in the sentence holds for what follows, unless something lasts since then (column is_since, if
    it is there: 2016年以来，10月…); further back it is only used without published_on. What is still to come (column
    is_ahead, if it is there: 预计6月) lies on the day of publication or behind it.
    """
    with_anchor = _anchored(dates if "is_ahead" in dates.columns else dates.with_columns(is_ahead=pl.lit(value=False)))
    distinct = with_anchor.select(_ANCHOR).unique(maintain_order=True)
    spans = [_resolve(*row) for row in distinct.iter_rows()]
    answers = distinct.hstack(pl.DataFrame(spans, schema=SPAN, orient="row"))
    return with_anchor.join(answers, on=_ANCHOR, how="left", nulls_equal=True, maintain_order="left").drop(
        "anchor_day", "anchor_year", "anchor_month", "is_ahead"
    )


def _anchored(dates: pl.DataFrame) -> pl.DataFrame:
    """Add anchor_day, anchor_year and anchor_month: the day of publication and what the nearest earlier date says.

    All three are NULL for a date that needs no anchor, so that it is resolved once and not once a night.
    """
    distinct = dates.select(pl.col("date_text").unique(maintain_order=True))
    stated = [_stated(read(text), text.endswith("年度")) for text in distinct["date_text"]]
    known = dates.join(
        distinct.hstack(pl.DataFrame(stated, schema=STATED, orient="row")),
        on="date_text",
        how="left",
        maintain_order="left",
    )
    if "is_since" in known.columns:
        known = known.with_columns(year=pl.when(~pl.col("is_since")).then("year"))
    sentence_year, document_year = _earlier("year", "sentence_no"), _earlier("year", "document_id")
    told, following = (
        pl.col("date_text").str.contains(f"^(?:{years})") for years in ("次年|翌年|同年|当年", "次年|翌年")
    )
    needy = ~pl.col("is_full").fill_null(False)
    return known.with_columns(
        anchor_day=pl.when(needy).then("published_on"),
        anchor_year=pl.when(needy).then(
            pl.when(told)
            .then(document_year + following.cast(pl.Int64))
            .when(pl.col("published_on").is_null())
            .then(document_year)
            .otherwise(pl.coalesce(sentence_year, _leading_up()))
        ),
        anchor_month=pl.when(needy).then(_earlier("month", "sentence_no")),
    ).drop("year", "month", "is_full")


def _leading_up() -> pl.Expr:
    """The year of publication for a day that another one, later in the calendar but no later than the publication, follows
    in its sentence: in November 1月2日开报，到10月20日 tells of the year that passes, not of the next January."""
    published, month, later = pl.col("published_on"), pl.col("month"), pl.col("month").shift(-1)
    days = pl.col("date_text").str.contains(DAY_ALONE) & pl.col("date_text").shift(-1).str.contains(DAY_ALONE)
    together = pl.col("sentence_no") == pl.col("sentence_no").shift(-1)
    leads = days & together & (month < later) & (later < published.dt.month())
    return pl.when(leads).then(published.dt.year().cast(pl.Int64))


def _earlier(stated: str, within: str) -> pl.Expr:
    """The value stated last before each row, among the rows of one sentence or document, which stand together.

    Places are compared instead of grouping by `within`: that costs a twentieth.
    """
    value, group, place = pl.col(stated), pl.col(within), pl.int_range(pl.len())
    begins = pl.when(group.ne_missing(group.shift())).then(place).forward_fill()
    last = pl.when(value.is_not_null()).then(place).forward_fill().shift(1)
    return value.gather(pl.when(last >= begins.fill_null(0)).then(last))


def _stated(reading: Reading | None, is_fiscal: bool) -> tuple[int | None, int | None, bool | None]:
    """The fields of STATED."""
    if reading is None:
        return (None, None, None)
    is_full = reading.year is not None and reading.end is None and reading.month_shift is None
    # What a report covers dates nothing that follows: 披露2023年度报告。4月26日.
    if reading.last_year is not None or is_fiscal:
        return (None, None, is_full)
    end = reading.end or reading
    return (end.year or reading.year, end.month, is_full)


@lru_cache(maxsize=65536)
def _resolve(
    text: str, published_on: date | None, year: int | None, month: int | None, is_ahead: bool
) -> tuple[object, ...]:
    """The fields of SPAN."""
    if text.startswith(TOLD_YEARS) and year is None:
        return (None, None, None)
    reading = read(text)
    span: Span | None = resolve(reading, Anchor(published_on, year, month, is_ahead)) if reading else None
    return span or (None, None, None)
