"""Numbers with a slash between them: a share, or a day told by its month."""

from __future__ import annotations

import polars as pl

from transforms.dates import in_calendar, is_slashed_day, slashed_parts
from transforms.figures.anew import told_anew

_DAY_AFTER = r"^(?:[）)\]】]|起|止|前|后|晚|早|上午|下午|凌晨|中午|登场|开|会|停|正常|出|举|公布|当|、\d{1,2}/\d{1,2})"
_SHARE_AROUND = "^(?:的|以上|以下|左右|强|弱|多|决赛)"


def slashed(rows: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """7/13 is a day where no share of thirteenths can be meant or news of that day is told, 1/3 a share unless its
    neighbours speak of a day."""
    written_so = (pl.col("kind") == "ratio") & pl.col("text").str.contains("[/／]")
    is_day, is_broken = _day_or_broken(documents)
    judged = told_anew(
        rows.with_columns(is_broken=pl.lit(value=False)),
        written_so,
        kind=pl.when(is_day).then(pl.lit("date")).otherwise("kind"),
        date_text=pl.when(is_day).then("text").otherwise("date_text"),
        value=pl.when(is_day).then(None).otherwise("value"),
        unit=pl.when(is_day).then(None).otherwise("unit"),
        is_broken=is_broken,
    )
    return judged.filter(~pl.col("is_broken")).drop("is_broken")


def _day_or_broken(documents: pl.DataFrame) -> tuple[pl.Expr, pl.Expr]:
    """Whether a text with a slash is a day, and whether it is neither that nor a share."""
    share = pl.col("after").str.contains(_SHARE_AROUND) | pl.col("before").str.contains("[近约占的超过足到−－-]$")
    published = pl.col("document_id").replace_strict(
        documents["document_id"], documents["published_on"], default=None, return_dtype=pl.Date
    )
    text, (above, below) = pl.col("text"), slashed_parts(pl.col("text"))
    is_told = is_slashed_day(text, published) | (pl.col("after").str.contains(_DAY_AFTER) & in_calendar(text))
    told = (~share & is_told).fill_null(value=False)
    return told, (~told & (above >= below)).fill_null(value=False)
