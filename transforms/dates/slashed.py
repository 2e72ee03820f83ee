"""7/12: a day told by month and day with a slash between them, or a share."""

from __future__ import annotations

import polars as pl

DAYS_OF_NEWS = 10
"""Days around the publication of which news is told by month and day alone: 7/10."""
GREATEST_SHARE = 5
"""1/3 in January is a third all the same, up to fifths."""
_SHARED_BY = [2, 3, 4, 5, 8, 10]


def slashed_parts(text: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The numbers above and below the slash; NULL for any other text."""
    found = text.str.extract_groups(r"^(?<above>[0-9]{1,2})[/／](?<below>[0-9]{1,2})$").struct
    return found.field("above").cast(pl.Int64), found.field("below").cast(pl.Int64)


def is_slashed_day(text: pl.Expr, published_on: pl.Expr) -> pl.Expr:
    """Whether it is rather a day than a share: no share is told so (7/13, 07/02), or news of that day is."""
    above, below = slashed_parts(text)
    odd = ~below.is_in(_SHARED_BY) & (above != 1) | (above >= below)
    month, day = published_on.dt.month().cast(pl.Int64), published_on.dt.day().cast(pl.Int64)
    days = (31 * (above - month) + below - day).abs()
    recent = (days <= DAYS_OF_NEWS).fill_null(value=False) & (below > GREATEST_SHARE)
    return (in_calendar(text) & (text.str.starts_with("0") | odd | recent)).fill_null(value=False)


def in_calendar(text: pl.Expr) -> pl.Expr:
    """Whether a calendar has such a month and day."""
    above, below = slashed_parts(text)
    return above.is_between(1, 12) & below.is_between(1, 31)
