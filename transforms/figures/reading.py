"""Matches taken apart: what each says, its context left aside."""

from __future__ import annotations

import re
from functools import lru_cache
from math import isfinite

import polars as pl

from transforms.figures.amounts import Reading
from transforms.figures.grammar import HALF, Grammar
from transforms.figures.phrases import READERS
from transforms.figures.quantities import measured, measured_range

READ: dict[str, pl.DataType] = {
    "start": pl.Int64(), "end": pl.Int64(), "kind": pl.String(), "value": pl.Float64(), "value_min": pl.Float64(),
    "value_max": pl.Float64(), "unit": pl.String(), "qualifier": pl.String(), "date_text": pl.String(),
    "is_suspect": pl.Boolean(), "note": pl.String(), "is_bare": pl.Boolean(), "unit_text": pl.String(),
}  # fmt: skip
"""The fields of a Reading as columns."""
REMEMBERED = 2**17
"""Readings kept between chunks: news repeats itself."""
_DATE_LIKE = re.compile(
    r"[0-9０-９]{3} ?年|[月日号]|世纪|年代|季度|[周星礼]|半年|[今明昨去上本民]|[〇零○一二三四五六七八九两][千〇零○一二三四五六七八九]{1,3}年"
    r"|[0-9０-９][-/. ][0-9０-９]+[-/. ]|^[12][0-9]{3} ?[-–—~～至到]"
)
_HALF = re.compile(HALF)
_CALENDAR_DATE = r"^(?:[12][0-9]{3}年)?(?:(?:0?[1-9]|1[0-2])月)?(?:(?:[0-2]?[1-9]|[123]0|31)日)?$"
_PLAIN = r"^(?<number>[0-9]+(?:\.[0-9]+)?)(?<tens>万?亿?)(?<more>[余多]?)(?<unit_text>[^0-9]+)$"
_EXPONENTS = {"": "", "万": "e4", "亿": "e8", "万亿": "e12"}
_SIMPLIFIED = dict(zip("萬億兩負點幾餘數來貳參陸", "万亿两负点几余数来贰叁陆", strict=True))
_TRANSLATION = str.maketrans(_SIMPLIFIED)
_SPECIAL = ("番", "打", "折", "点", "个数量级")
"""Units whose number is more than a number: 两番 is fourfold, 一打 twelve, 三个数量级 a thousandfold."""


def readings(pieces: pl.DataFrame, grammar: Grammar) -> pl.DataFrame:
    """The distinct `piece`s that state a quantity, with the columns READ, in no order.

    Numbers with their unit and days make up most of the news: these are read in columns, what is left one by one.
    """
    plain = _plain(pieces, grammar.unit_table)
    dates = _calendar_dates(pieces.join(plain, on="piece", how="anti"))
    quick = pl.concat([plain, dates])
    slow = [(piece, read(piece, grammar)) for piece in pieces.join(quick, on="piece", how="anti")["piece"]]
    rows = [(piece, *reading) for piece, reading in slow if reading is not None]
    return pl.concat([quick, pl.DataFrame(rows, schema={"piece": pl.String()} | READ, orient="row")])


def _plain(pieces: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """37.5万元: a number in Arabic digits and a unit."""
    simplified = pl.col("piece").str.replace_many(_SIMPLIFIED)
    parts = pieces.select("piece", parts=simplified.str.extract_groups(_PLAIN)).unnest("parts")
    known = parts.drop_nulls("number").join(units.filter(~pl.col("unit_text").is_in(_SPECIAL)), on="unit_text")
    number = pl.col("number") + pl.col("tens").replace_strict(_EXPONENTS, return_dtype=pl.String)
    exact = number.cast(pl.Float64) * pl.col("times") / pl.col("share")
    opens = pl.col("more") != ""
    is_year = (pl.col("unit_text") == "年") & (pl.col("number").str.len_chars() == 4)
    return _completed(
        known.filter(~is_year).with_columns(
            value=pl.when(~opens).then(exact),
            value_min=pl.when(opens).then(exact),
            qualifier=pl.when(opens).then(pl.lit("more_than")),
        )
    )


def _calendar_dates(pieces: pl.DataFrame) -> pl.DataFrame:
    """2019年5月6日, or a part of it."""
    found = pieces.filter(pl.col("piece").str.contains(_CALENDAR_DATE))
    return _completed(found.with_columns(kind=pl.lit("date"), date_text="piece"))


def _completed(found: pl.DataFrame) -> pl.DataFrame:
    """The columns READ of pieces that are a quantity from end to end; what is not told is NULL or false."""
    told = {"start": pl.lit(0), "end": pl.col("piece").str.len_chars()} | {
        name: pl.col(name) if name in found.columns else pl.lit(False if dtype == pl.Boolean() else None)
        for name, dtype in READ.items()
        if name not in ("start", "end")
    }
    return found.select("piece", **{name: value.cast(READ[name]) for name, value in told.items()}).select(
        "piece", *READ
    )


@lru_cache(maxsize=REMEMBERED)
def read(text: str, grammar: Grammar) -> Reading | None:
    """The quantity a match states, None where it states none (一个, 百姓, 三 without a unit) or none a number can hold."""
    reading = _read(text.translate(_TRANSLATION), grammar)
    if reading is None or all(
        isfinite(told) for told in (reading.value, reading.low, reading.high) if told is not None
    ):
        return reading
    return None


def _read(text: str, grammar: Grammar) -> Reading | None:
    if _HALF.fullmatch(text):
        return READERS["half"](text, grammar)
    # Most matches are a number and its unit: asked first wherever no date can be meant.
    plain = None if _DATE_LIKE.search(text) else grammar.quantity.fullmatch(text)
    if plain is None:
        found = grammar.forms.fullmatch(text)
        if found is not None and found.lastgroup is not None:
            return READERS[found.lastgroup](text, grammar)
        # The scan takes any run of numerals; what states a number is its beginning.
        plain = grammar.quantity.match(text)
    if plain is None:
        return None
    return measured_range(plain, grammar) if plain["number2"] else measured(plain, grammar)
