"""Events: the sentences of an article that say when."""

from __future__ import annotations

import polars as pl

from transforms.dates import eras, grammar
from transforms.dates.resolution import resolved

SENTENCE_END = r"[。！？!?]+[”’」』）)]*|\n"
# Words and names that look like dates, and periods that no calendar holds: taken before the dates, then dropped.
NOT_A_DATE = (
    r"《[^》\n]*》?|“[^“”0-9，。\n]{1,6}[0-9]{1,2}号”|(?:神舟|天舟|天宫|嫦娥|长征|风云|北斗|天链|遥感|实践|高分|快舟|海洋|资源|台风|第|地铁|[A-Za-z-])[一二三四五六七八九十]*[0-9]{1,2}号"
    r"|[0-9]+[号日](?:线|楼|院|机|馆|店|公路|文件|台风|决议)|今天的我们|时至今[日天]|[0-9]{1,3}日(?:以|之)?内|直到今[日天]|今日头条|昨日重现|[每隔当同那平次某多数几][天日年]"
    r"|(?:五一|十一)?黄金周|[0-9]{5,}|(?:近|连|连续|逾|满|达|为期|历时|长达|约|共)[0-9]{1,2}日|(?:刑|刑期|徒刑|有期徒刑)[0-9]{1,2}年[0-9]{1,2}月|(?:星期|[礼禮]拜|[周週])[一二三四五六日天][至到](?:星期|[礼禮]拜|[周週])[一二三四五六日天]"
    r"|每(?:周|星期|年|月)[一二三四五六日天0-9初底]|一?周一次|21世纪|(?:上年|去年|前年|上月|上周)同期|国庆[0-9一二三四五六七八九十百]+周年|到?[今明]年(?:和|或|、)[明后]年"
)
# A clock time behind a date, with its minutes: 14时30分, 上午9:30, 十四点半. Whole hours leave the day as it is.
CLOCK = (
    "(?:[（(](?:周|星期)[一二三四五六日天][）)])?"
    r" ?(?:凌晨|清晨|早上|早晨|早|上午|中午|下午|傍晚|晚上|晚间|晚|深夜|北京时间|当地时间)?"
    r" ?(?:(?:[01]?[0-9]|2[0-4])[:：][0-5][0-9](?:[:：][0-5][0-9])?|(?:[01]?[0-9]|2[0-4]|[一二三四五六七八九十]{1,3})[时点](?:[0-5]?[0-9]分|[0-5][0-9]|[一二三四五六七八九十]{1,3}分|半)(?:[0-5]?[0-9]秒)?)"
)
# 昨晚8点半 is 昨晚 and 8点半, 15日晚8点半 is 15日 and 晚8点半.
_TIMED = f"^(?<day>.*[今昨明前后][晚早晨夜]|.*?)(?<clock>{CLOCK})$"
_COMPARED = "(?:[比较]|[高低好多少]于)"
"""Before a year or month by itself that something is measured against: 比去年 tells of this year."""
_LASTS = "(?:以来|至今)$"
_SECONDS = "[:：][0-9]{2}[:：]|秒$"
_SCAN, _COMMON_SCAN = (
    rf"(?:{grammar.TOLD_DATED}|{NOT_A_DATE}|{_COMPARED}?{date}(?:{CLOCK}|以来|至今)?)"
    for date in (grammar.DATE, grammar.COMMON_DATE)
)
_DROP = rf"^(?:{NOT_A_DATE}|{_COMPARED}(?:{grammar.NEAR_YEAR}|上[个個]?[月周]|前一[天日周]|昨[天日]))$"
# Cheap test before the long pattern: no date goes without one of these.
_HINT = (
    r"[0-9０-９〇零一二三四五六七八九十初正腊半元] ?[年月日号世季]|[今明去前后上本昨这下][年天日（(晚晨夜早个月周週星礼禮半世]|[周週期拜][一二三四五六日天末]"
    r"|[近日][日前]|除夕|大年|元旦当|节当|[0-9][-./ ][0-9]|年代|半叶"
)


def events(documents: pl.DataFrame) -> pl.DataFrame:
    """One row per date and dated sentence: document_id, ordinal, date_from, date_to, date_text, precision, sentence.

    A day with its clock time has both in date_text and the precision of the time: 9月15日14时30分 is 'minute'.
    documents: document_id, body_hans, published_on (Date, nullable). Without published_on relative dates give no row.
    """
    sentences = (
        documents.select(
            "document_id",
            "published_on",
            sentence=pl.col("body_hans").str.split(SENTENCE_END, literal=False, inclusive=True),
        )
        .explode("sentence", empty_as_null=False)
        .with_row_index("sentence_no")
        .filter(pl.col("sentence").str.contains(_HINT))
    )
    # The long pattern is slow where it finds nothing: it sees only the clauses that hold a hint.
    dates = (
        sentences.with_columns(clause=pl.col("sentence").str.split("，"))
        .explode("clause", empty_as_null=False)
        .filter(pl.col("clause").str.contains(_HINT))
        .with_columns(is_reigned=pl.col("clause").str.contains(eras.YEAR))
        # Texts that are not asked are empty: that costs the engine nothing.
        .with_columns(
            date_text=pl.when("is_reigned")
            .then(pl.when("is_reigned").then("clause").otherwise(pl.lit("")).str.extract_all(_SCAN))
            .otherwise(pl.when("is_reigned").then(pl.lit("")).otherwise("clause").str.extract_all(_COMMON_SCAN))
        )
        .drop("clause", "is_reigned")
        .explode("date_text", empty_as_null=False)
        .filter(pl.col("date_text").is_not_null() & ~pl.col("date_text").str.contains(_DROP))
    )
    parts = pl.col("date_text").str.extract_groups(_TIMED).struct
    timed = dates.with_columns(
        date_text=pl.coalesce(parts.field("day"), pl.col("date_text").str.replace(_LASTS, "")).str.replace(
            f"^{_COMPARED}", ""
        ),
        clock=parts.field("clock").cast(pl.String),
        is_since=pl.col("date_text").str.contains(_LASTS),
    )
    return (
        _with_clock(resolved(timed))
        .filter(pl.col("date_from").is_not_null())
        .unique(["document_id", "sentence_no", "date_from", "date_to"], keep="first", maintain_order=True)
        .sort("document_id", "sentence_no", maintain_order=True)
        .with_columns(
            ordinal=pl.int_range(pl.len(), dtype=pl.Int64).over("document_id"),
            sentence=pl.col("sentence").str.strip_chars(),
        )
        .select("document_id", "ordinal", "date_from", "date_to", "date_text", "precision", "sentence")
    )


def _with_clock(dates: pl.DataFrame) -> pl.DataFrame:
    """Give single days their clock time back."""
    has_time = (pl.col("precision") == "day") & pl.col("clock").is_not_null()
    finer = pl.when(pl.col("clock").str.contains(_SECONDS)).then(pl.lit("second")).otherwise(pl.lit("minute"))
    return dates.with_columns(
        date_text=pl.when(has_time).then(pl.concat_str("date_text", "clock")).otherwise("date_text"),
        precision=pl.when(has_time).then(finer).otherwise("precision"),
    )
