"""Events: the sentences of an article that say when."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import polars as pl

from transforms.dates import grammar
from transforms.dates.resolution import resolved
from transforms.dates.slashed import is_slashed_day
from transforms.rare import Alternatives

SENTENCE_END = r"[。！？!?]+[”’」』）)]*|\n"
# A clock time behind a date, with its minutes: 14时30分, 上午9:30, 十四点半. Whole hours leave the day as it is.
CLOCK = (
    "(?:[（(](?:周|星期)[一二三四五六日天][）)])?"
    r" ?(?:凌晨|清晨|早上|早晨|早|上午|中午|下午|傍晚|晚上|晚间|晚|深夜|北京时间|当地时间)?"
    r" ?(?:(?:[01]?[0-9]|2[0-4])[:：][0-5][0-9](?:[:：][0-5][0-9])?|(?:[01]?[0-9]|2[0-4]|[一二三四五六七八九十]{1,3})[时点](?:[0-5]?[0-9]分|[0-5][0-9]|[一二三四五六七八九十]{1,3}分|半)(?:[0-5]?[0-9]秒)?)"
)
# 昨晚8点半 is 昨晚 and 8点半, 15日晚8点半 is 15日 and 晚8点半.
_TIMED = f"^(?<day>.*[今昨明前后][晚早晨夜]|.*?)(?<clock>{CLOCK})$"
TOLD_REACH = 2
"""Sentences back to which 当天 finds its day, 次日 half as far."""
_TOLD = f"^(?:{grammar.TOLD_DAY}|{'|'.join(grammar.NEXT_TO_TOLD)})$"
_COMPARED = "(?:[比较]|[高低好多少]于)"
"""Before a year or month by itself that something is measured against: 比去年 tells of this year."""
_LASTING = "以来|至今|起"
_LASTS = f"(?:{_LASTING})$"
_SINCE = "(?:以来|至今|年起)$"
"""2016年起 holds for no date that follows, 3月1日起 does."""
_SECONDS = "[:：][0-9]{2}[:：]|秒$"
# Cheap test before the long pattern: no date goes without one of these.
_HINT = (
    r"[0-9０-９〇○零一二三四五六七八九十初正腊半元] ?[年月日号世季]|[今明去前后上本昨这下][年天日（(晚晨夜早个月周週星礼禮半世]|[周週期拜][一二三四五六日天末]"
    r"|[近日][日前]|前[0-9四五六七八九十]{1,2}个?月|年[初底末]|除夕|大年|元旦当|节当|[0-9][-./／ ][0-9]|年代|半叶|当[天日]|^[同次翌隔]日|^隔天|^第二天|^(?:此)?前一[天日]"
)


class Sought(NamedTuple):
    """What is looked for in clauses: dates and what only looks like one; and the latter, to be dropped."""

    dates: Alternatives
    drop: str


@lru_cache(maxsize=4)
def sought(no_dates: tuple[str, ...]) -> Sought:
    """What to look for, if these patterns look like a date and are none."""
    no_date = "|".join(f"(?:{pattern})" for pattern in no_dates)
    told = f"{grammar.TOLD_DAY}|^(?:{'|'.join(grammar.NEXT_TO_TOLD)})"
    lasted, lasts = grammar.LASTED.rstrip("$"), grammar.LASTS.lstrip("^")
    # What is told of a year that is none here is none of the year of publication: 满114年第三季.
    no_date = f"{no_date}|{lasted}{grammar.MINGUO}(?:{grammar.SEASON})?|{grammar.MINGUO}{lasts}"
    measure = rf"{_COMPARED}(?:{grammar.NEAR_YEAR}|上[个個]?[月周]|前一[天日周]|昨[天日])"
    dates = Alternatives(
        whole=rf"(?:{grammar.TOLD_DATED}|{no_date}|{_COMPARED}?(?:{grammar.DATE}|{grammar.MINGUO}|{grammar.SEASON}|{told})(?:{CLOCK}|{_LASTING})?|{grammar.SLASHED})",
        common=rf"(?:{grammar.TOLD_DATED}|{_COMPARED}?(?:{grammar.COMMON_DATE}|{grammar.MINGUO}|{grammar.SEASON}|{told})(?:{_LASTING})?)",
        rare=(no_date, CLOCK, grammar.SLASHED, *grammar.RARE_DATES),
    )
    return Sought(dates, rf"^(?:{no_date}|{measure})$")


def of_business(figure_idioms: pl.DataFrame) -> pl.Expr:
    """Whether body_hans speaks of business, by the rows of the seed for it: there 第三季 is a quarter."""
    return pl.col("body_hans").str.contains("|".join(figure_idioms.filter(precedes="quarter")["pattern"]))


def events(documents: pl.DataFrame, figure_idioms: pl.DataFrame) -> pl.DataFrame:
    """One row per date and dated sentence: document_id, ordinal, date_from, date_to, date_text, precision, sentence.

    A day with its clock time has both in date_text and the precision of the time: 9月15日14时30分 is 'minute'.
    documents: document_id, body_hans, published_on (Date, nullable), script_region. Without published_on relative dates give no row.
    figure_idioms is the seed: its rows that precede events look like a date and are none; those for quarters, see `of_business`.
    """
    no_dates = figure_idioms.filter(precedes="event")["pattern"].to_list()
    timed = _dates(documents.with_columns(is_business=of_business(figure_idioms)), sought(tuple(no_dates)))
    return (
        _with_clock(_told_of(resolved(timed)))
        .filter(pl.col("date_from").is_not_null())
        .unique(["document_id", "sentence_no", "date_from", "date_to"], keep="first", maintain_order=True)
        .sort("document_id", "sentence_no", maintain_order=True)
        .with_columns(
            ordinal=pl.int_range(pl.len(), dtype=pl.Int64).over("document_id"),
            sentence=pl.col("sentence").str.strip_chars(),
        )
        .select("document_id", "ordinal", "date_from", "date_to", "date_text", "precision", "sentence")
    )


def _dates(documents: pl.DataFrame, looked_for: Sought) -> pl.DataFrame:
    """One row per date expression: document_id, published_on, sentence, sentence_no, date_text, clock, is_since."""
    sentences = (
        documents.select(
            "document_id",
            "published_on",
            "script_region",
            "is_business",
            sentence=pl.col("body_hans").str.split(SENTENCE_END, literal=False, inclusive=True),
        )
        .explode("sentence", empty_as_null=False)
        .with_row_index("sentence_no")
        .filter(pl.col("sentence").str.contains(_HINT))
    )
    # The long pattern is slow where it finds nothing: it sees only the clauses that hold a hint.
    clauses = (
        sentences.with_columns(clause=pl.col("sentence").str.split("，"))
        .explode("clause", empty_as_null=False)
        .filter(pl.col("clause").str.contains(_HINT))
    )
    dates = (
        clauses.with_columns(date_text=looked_for.dates.extract_all(clauses["clause"]))
        .explode("date_text", empty_as_null=False)
        .filter(pl.col("date_text").is_not_null() & ~pl.col("date_text").str.contains(looked_for.drop))
        # 114年 alone is a year in Taiwan, 第三季 a quarter there and in Hong Kong.
        .filter(
            (pl.col("script_region") == "TW").fill_null(False)
            | ~pl.col("date_text").str.contains(f"^{_COMPARED}?{grammar.MINGUO}")
            | pl.col("date_text").str.contains("年.*[月季半初底]")
        )
        .filter(
            (pl.col("is_business") & pl.col("script_region").is_in(grammar.SEASONED).fill_null(False))
            | ~pl.col("date_text").str.contains(f"^{_COMPARED}?{grammar.SEASON}$")
        )
        .drop("script_region", "is_business")
    )
    dates = _days_with_a_slash(dates)
    parts = pl.col("date_text").str.extract_groups(_TIMED).struct
    day = pl.coalesce(parts.field("day"), pl.col("date_text").str.replace(_LASTS, ""))
    return dates.with_columns(
        date_text=day.str.replace(f"^{_COMPARED}", ""),
        clock=parts.field("clock").cast(pl.String),
        is_ahead=_before_date().str.contains(grammar.AHEAD),
        is_since=pl.col("date_text").str.contains(_SINCE),
    )


def _days_with_a_slash(dates: pl.DataFrame) -> pl.DataFrame:
    """7/12 without what stands before it, and without shares: 1/3."""
    slashed = pl.col("date_text").str.extract("^[^0-9]?([0-9]{1,2}[/／][0-9]{1,2})$")
    return dates.filter(slashed.is_null() | is_slashed_day(slashed, pl.col("published_on"))).with_columns(
        date_text=pl.coalesce(slashed, "date_text")
    )


def _before_date() -> pl.Expr:
    """What stands before the date in its clause, where it is told first."""
    return pl.col("clause").str.split_exact(pl.col("date_text"), 1).struct.field("field_0")


def _told_of(dates: pl.DataFrame) -> pl.DataFrame:
    """当天 and 次日 resolved: by the day told of last, in the sentence or in one of those before it.

    Behind a day that was itself counted so, what 次日 or 当天 means is not said; nor what the day after one to come is, told
    in a sentence of its own.
    """
    told, place = pl.col("date_text").str.contains(_TOLD), pl.int_range(pl.len())
    days = pl.col("date_text").replace_strict(grammar.NEXT_TO_TOLD, default=0, return_dtype=pl.Int64)
    dates = dates.with_columns(days=days, last=pl.when(~told).then(place).forward_fill())
    moved = (pl.col("days") != 0).cast(pl.Int64).cum_sum()
    back = pl.col("sentence_no") - pl.col("sentence_no").gather("last")
    is_plain = (moved - moved.gather("last")) == (pl.col("days") != 0).cast(pl.Int64)
    is_past = (pl.col("date_from").gather("last") <= pl.col("published_on")).fill_null(value=True)
    follows = pl.col("date_text").is_in(list(grammar.NEXT_TO_TOLD))
    near = pl.when(follows).then((back == 0) | ((back < TOLD_REACH) & is_past)).otherwise(back <= TOLD_REACH)
    near &= pl.col("document_id") == pl.col("document_id").gather("last")
    is_day = told & near & is_plain & (pl.col("precision").gather("last") == "day")
    shift = pl.duration(days=pl.col("days"))
    return dates.with_columns(
        *(
            pl.when(is_day).then(pl.col(name).gather("last") + shift).otherwise(name).alias(name)
            for name in ("date_from", "date_to")
        ),
        precision=pl.when(is_day).then(pl.lit("day")).otherwise("precision"),
    ).drop("days", "last")


def _with_clock(dates: pl.DataFrame) -> pl.DataFrame:
    """Give single days their clock time back."""
    has_time = (pl.col("precision") == "day") & pl.col("clock").is_not_null()
    finer = pl.when(pl.col("clock").str.contains(_SECONDS)).then(pl.lit("second")).otherwise(pl.lit("minute"))
    return dates.with_columns(
        date_text=pl.when(has_time).then(pl.concat_str("date_text", "clock")).otherwise("date_text"),
        precision=pl.when(has_time).then(finer).otherwise("precision"),
    )
