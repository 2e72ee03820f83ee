"""Moments as news pages write them: the pattern to find one, and the columns it reads as.

Everything here works on text folded to Simplified and half width.
"""

from __future__ import annotations

import re

import polars as pl

_ZONE = r"Z|HKT|CST|[(]?北京时间[)]?|[(]?(?:GMT|UTC)(?: ?[+-][0-9]{1,2}(?::?[0-9]{2})?)?[)]?|[+-](?:0[0-9]|1[0-4]):?(?:00|30|45)"
_WEEKDAY = r"[(]?(?:星期|周|礼拜)[一二三四五六日天][)]?"
_HALF = r"上午|下午|凌晨|清晨|早上|中午|晚上|晚间|晚|AM|PM|am|pm"
_CLOCK = (
    rf"(?P<half>{_HALF})? *(?P<hour>[0-9]{{1,2}}) ?[:时点] ?(?P<minute>[0-9]{{2}}|[0-9]分)分?(?: ?:? ?(?P<second>[0-9]{{2}})秒?)?(?:\.[0-9]+)?"
    rf" *(?P<half_after>AM|PM|am|pm)?(?: *(?P<zone>{_ZONE}))?"
)
_BETWEEN = rf"(?:[T,| \t]*{_WEEKDAY})?[T,| \t]*(?P<zone_before>HKT)? *"
MONTH = r"(?:1[0-2]|0?[1-9])"
DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
_YEAR = r"(?:(?P<era>中华民国|民国) ?(?P<era_year>[0-9]{1,3})|(?:(?:西元|公元) ?)?(?P<year>(?:19|20)[0-9]{2}))"
FULL = rf"{_YEAR} ?[-/.年] ?(?P<month>{MONTH}) ?[-/.月] ?(?P<day>{DAY}) ?[日号]?(?:{_BETWEEN}{_CLOCK})?"
YEARLESS = rf"(?P<month>{MONTH})(?:月|[-/])(?P<day>{DAY})日?{_BETWEEN}{_CLOCK}"
# As sites of Hong Kong, Taiwan and Malaysia write them: 18:22 2024/11/05 and 7:05PM 12/11/2025, the day first.
CLOCK_FIRST = rf"{_CLOCK},? {_YEAR} ?[-/.年] ?(?P<month>{MONTH}) ?[-/.月] ?(?P<day>{DAY})日?"
DAY_FIRST = rf"(?:{_CLOCK},? )?(?P<day>{DAY})/(?P<month>{MONTH})/(?P<year>(?:19|20)[0-9]{{2}})"
# As decrees are signed: 二〇二四年三月五日.
_NUMERAL = "〇零○一二三四五六七八九"
_ERA_IN_NUMERALS = rf"(?:中华)?民国[{_NUMERAL}十百]{{1,6}}"
IN_NUMERALS = rf"(?:[{_NUMERAL}]{{4}}|{_ERA_IN_NUMERALS})年[{_NUMERAL}十]{{1,3}}月[{_NUMERAL}十]{{1,3}}[日号]"
# As offices of Taiwan stamp what they issue: 114-03-14 08:30. Without a label it may be anything (see `published`).
REPUBLIC = rf"(?P<era_year>1[01][0-9])[-/.](?P<month>{MONTH})[-/.](?P<day>{DAY})(?:{_BETWEEN}{_CLOCK})?"
MONTH_ONLY = rf"{_YEAR} ?[-/.年] ?(?P<month>{MONTH})月?"
YEAR_ONLY = rf"{_YEAR}年?"

_COMPACT = r"^((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})(?:([0-9]{2})([0-9]{2})([0-9]{2})?)?$"
_ENGLISH = r"(?i)^([A-Z][a-z]{2})[a-z]*\.? ([0-9]{1,2}),? ([0-9]{4})(.*)$"
_DAY_AND_MONTH = r"(?i)^([0-9]{1,2}) ([A-Z][a-z]{2})[a-z]* ([0-9]{4})(.*)$"
_RFC_2822 = r"(?i)^(?:[a-z]{3,9},? )?([0-9]{1,2}) ([A-Z][a-z]{2})[a-z]* ([0-9]{4}) ([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?) ?([+-][0-9]{4}|GMT|UTC|Z)?.*$"


def unnamed(pattern: str) -> str:
    """The pattern without named groups, for use beside others."""
    return re.sub(r"\?P<\w+>", "?:", pattern)


def in_english(months: pl.DataFrame) -> str:
    """Moments as themes nobody translated write them: March 17, 2025 and 17 March 2025; `canonical` rewrites them."""
    named = rf"(?i:{'|'.join(months['name'])})[a-z]{{0,6}}"
    return (
        rf"(?:{named}\.? {DAY},? (?:19|20)[0-9]{{2}}|{DAY} {named} (?:19|20)[0-9]{{2}})"
        r"(?:,? (?:at )?[0-9]{1,2}:[0-9]{2}(?: ?(?:AM|PM|am|pm))?)?"
    )


def arabic(text: pl.Expr) -> pl.Expr:
    """A moment in Chinese numerals (see IN_NUMERALS) in digits; other text stays."""
    digits = (
        text.str.replace("百(十)", "百一$1")
        .str.replace("百年", "〇〇年", literal=True)
        .str.replace("百", "", literal=True)
        .str.replace("一十([一二三四五六七八九])", "一$1")
        .str.replace("一十", "一〇", literal=True)
        .str.replace_all("([二三四五六七八九])十([一二三四五六七八九])", "$1$2")
        .str.replace_all("([二三四五六七八九])十", "${1}0")
        .str.replace_all("十([一二三四五六七八九])", "1$1")
        .str.replace_all("十", "10", literal=True)
        .str.replace_many(list(_NUMERAL), list("000123456789"))
    )
    return pl.when(text.str.contains(f"^{IN_NUMERALS}$")).then(digits).otherwise(text)


def canonical(field: pl.Expr, months: pl.DataFrame) -> pl.Expr:
    """A date field in any of its machine forms, rewritten as `YYYY-MM-DD HH:MM:SS zone`; other text stays.

    Machine forms: epoch seconds or milliseconds, RFC 2822, `Feb 9, 2025`, `9 Feb 2025`, compact digits (8, 12 or 14).
    """
    text = field.str.strip_chars()
    seconds = (
        pl.when(text.str.contains(r"^[0-9]{10}(?:[0-9]{3})?(?:\.[0-9]+)?$")).then(text.str.head(10)).cast(pl.Int64)
    )
    moment = pl.from_epoch(seconds).dt.strftime("%Y-%m-%d %H:%M:%S Z")
    compact = pl.when(text.str.contains(_COMPACT)).then(
        text.str.replace(_COMPACT, "$1-$2-$3 $4:$5:$6").str.strip_chars(" :")
    )
    mail = pl.when(text.str.contains(_RFC_2822)).then(_numbered(text.str.replace(_RFC_2822, "$3-$2-$1 $4 $5"), months))
    english = pl.when(text.str.contains(_ENGLISH)).then(_numbered(text.str.replace(_ENGLISH, "$3-$1-$2 $4"), months))
    british = pl.when(text.str.contains(_DAY_AND_MONTH)).then(
        _numbered(text.str.replace(_DAY_AND_MONTH, "$3-$2-$1 $4"), months)
    )
    return pl.coalesce(moment, compact, mail, english, british, text)


def _numbered(text: pl.Expr, months: pl.DataFrame) -> pl.Expr:
    """The names of months between dashes as numbers."""
    numbers = months["month"].cast(pl.String).str.zfill(2)
    return text.str.replace(" at ", " ", literal=True).str.replace_many(
        [f"-{name}-" for name in months["name"]],
        [f"-{number}-" for number in numbers],
        ascii_case_insensitive=True,
    )


READING = {
    "year": pl.Int32,
    "month": pl.Int8,
    "day": pl.Int8,
    "clock": pl.String,
    "minutes_east": pl.Int32,
    "precision": pl.String,
}


_GROUPS = ("era_year", "year", "month", "day", "half", "half_after", "hour", "minute", "second", "zone", "zone_before")
_FORMS = {
    "full": FULL,
    "yearless": YEARLESS,
    "republic": REPUBLIC,
    "clock_first": CLOCK_FIRST,
    "day_first": DAY_FIRST,
    "month": rf"{MONTH_ONLY}$",
    "year": rf"{YEAR_ONLY}$",
}


def read(texts: pl.DataFrame, column: str) -> pl.DataFrame:
    """`texts` with the columns of READING read from `column`; rows without a moment are dropped.

    The text must begin with the moment. A clock may be followed by anything, a bare month or year must stand alone.
    minutes_east is that of a stated zone, else NULL; without a year month, day and clock say what is known.
    """
    groups = [
        pl.col(column).str.extract_groups(f"^{pattern}").alias(f"form_{form}") for form, pattern in _FORMS.items()
    ]
    # No text satisfies two forms, so a group of one name is never mixed from two.
    stated = [_group(name).alias(f"_{name}") for name in _GROUPS]
    return (
        texts.with_columns(groups)
        .with_columns(stated)
        .drop(f"form_{form}" for form in _FORMS)
        .filter(pl.any_horizontal(pl.col("_month", "_year", "_era_year").is_not_null()))
        .with_columns(_reading())
        .drop(f"_{name}" for name in _GROUPS)
        .select(pl.all().exclude(list(READING)), *(pl.col(name).cast(dtype) for name, dtype in READING.items()))
    )


def _group(name: str) -> pl.Expr:
    return pl.coalesce(
        pl.col(f"form_{form}").struct.field(name) for form, text in _FORMS.items() if f"<{name}>" in text
    )


def _reading() -> list[pl.Expr]:
    """The columns of READING from the groups of the form that matched."""
    year = pl.coalesce(pl.col("_year").cast(pl.Int32), pl.col("_era_year").cast(pl.Int32) + 1911)
    half, stated = pl.coalesce("_half", "_half_after"), pl.col("_hour").cast(pl.Int32)
    hour = (
        pl.when(half.is_in(["下午", "晚上", "晚间", "晚", "PM", "pm"]) & (stated < 12)).then(stated + 12)
        .when((half == "中午") & (stated < 3)).then(stated + 12)
        .when(half.is_in(["AM", "am", "凌晨"]) & (stated == 12)).then(0)
        .otherwise(stated)
    )  # fmt: skip
    second = pl.col("_second").fill_null("00")
    precision = (
        pl.when(pl.col("_second").is_not_null()).then(pl.lit("second"))
        .when(pl.col("_minute").is_not_null()).then(pl.lit("minute"))
        .when(pl.col("_day").is_not_null()).then(pl.lit("day"))
        .when(pl.col("_month").is_not_null()).then(pl.lit("month"))
        .otherwise(pl.lit("year"))
    )  # fmt: skip
    return [
        year.alias("year"),
        pl.col("_month").cast(pl.Int8).alias("month"),
        pl.col("_day").cast(pl.Int8).alias("day"),
        pl.concat_str(
            hour.cast(pl.String).str.zfill(2),
            pl.col("_minute").str.strip_chars("分").str.zfill(2),
            second,
            separator=":",
        ).alias("clock"),
        _minutes_east(pl.coalesce("_zone", "_zone_before")).alias("minutes_east"),
        precision.alias("precision"),
    ]


def _minutes_east(zone: pl.Expr) -> pl.Expr:
    """Minutes east of Greenwich of a zone as stated; NULL for none."""
    sign = pl.when(zone.str.contains("-")).then(-1).otherwise(1)
    hours = zone.str.extract(r"[+-]([0-9]{1,2})").cast(pl.Int32)
    minutes = zone.str.extract(r"[+-][0-9]{2}:?([0-9]{2})").cast(pl.Int32).fill_null(0)
    return (
        pl.when(zone.str.contains("HKT|CST|北京")).then(480)
        .when(hours.is_not_null()).then(sign * (hours * 60 + minutes))
        .when(zone.str.contains("Z|GMT|UTC")).then(0)
        .cast(pl.Int32)
    )  # fmt: skip
