"""Events: the sentences of an article that say when."""

from __future__ import annotations

import polars as pl

from transforms.dates import grammar
from transforms.dates.resolution import resolved

SENTENCE = r"[^。！？!?\n]+[。！？!?]*[”’」』）)]*"
# Words and names that look like dates, and periods that no calendar holds: taken before the dates, then dropped.
NOT_A_DATE = (
    r"《[^》\n]*》|(?:神舟|天舟|天宫|嫦娥|长征|风云|北斗|天链|遥感|实践|高分|快舟|海洋|资源|台风|第|地铁|[A-Za-z-])[一二三四五六七八九十]*[0-9]{1,2}号"
    r"|[0-9]+[号日](?:线|楼|院|机|馆|店|公路|文件|台风|决议)|今天的我们|时至今[日天]|直到今[日天]|今日头条|昨日重现|[每隔当同那平次某多数几][天日年]"
    r"|(?:五一|十一)?黄金周|[0-9]{5,}|星期[一二三四五六日天]至星期[一二三四五六日天]|周[一二三四五六日]至周[一二三四五六日]"
    r"|每(?:周|星期|年|月)[一二三四五六日天0-9初底]|一?周一次|21世纪|国庆[0-9一二三四五六七八九十百]+周年|到?[今明]年(?:和|或|、)[明后]年"
)
_SCAN = rf"(?:{NOT_A_DATE}|{grammar.DATE})"
_DROP = rf"^(?:{NOT_A_DATE})$"
# Cheap test before the long pattern: no date goes without one of these.
_HINT = r"[年月日号天晚晨夜周期拜近前半度纪]|[0-9][-./ ][0-9]"


def events(documents: pl.DataFrame) -> pl.DataFrame:
    """One row per date and dated sentence: document_id, ordinal, date_from, date_to, date_text, precision, sentence.

    documents: document_id, body_hans, published_on (Date, nullable). Without published_on relative dates give no row.
    """
    sentences = (
        documents.select("document_id", "published_on", sentence=pl.col("body_hans").str.extract_all(SENTENCE))
        .explode("sentence", empty_as_null=False)
        .with_columns(sentence_no=pl.int_range(pl.len()).over("document_id"))
        .filter(pl.col("sentence").str.contains(_HINT))
    )
    dates = (
        sentences.with_columns(date_text=pl.col("sentence").str.extract_all(_SCAN))
        .explode("date_text", empty_as_null=False)
        .filter(pl.col("date_text").is_not_null())
        .filter(~pl.col("date_text").str.contains(_DROP))
    )
    return (
        resolved(dates)
        .filter(pl.col("date_from").is_not_null())
        .unique(["document_id", "sentence_no", "date_from", "date_to"], keep="first", maintain_order=True)
        .sort("document_id", "sentence_no", maintain_order=True)
        .with_columns(
            ordinal=pl.int_range(pl.len(), dtype=pl.Int64).over("document_id"),
            sentence=pl.col("sentence").str.strip_chars(),
        )
        .select("document_id", "ordinal", "date_from", "date_to", "date_text", "precision", "sentence")
    )
