"""Daily sums and the word index."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from transforms.tables.base import Table, about
from transforms.tables.marts.columns import count, key, text


class AggDailySource(Table):
    """One row per night and source."""

    NAME: ClassVar[str] = "marts.agg_daily_source"
    ABOUT: ClassVar[str] = "来源日汇总 / one row per night and source"

    date_key = dy.Int32(primary_key=True, metadata=about("日期键", "night as yyyymmdd"))
    source_key = key("来源键", "source key", primary_key=True)
    articles = count("文章数", "articles published")
    copies = count("副本数", "copies recognised")
    quarantined = count("隔离数", "records and files held back")
    chars = dy.Int64(metadata=about("字数", "characters published"))


class AggDailyEntity(Table):
    """One row per night and entity."""

    NAME: ClassVar[str] = "marts.agg_daily_entity"
    ABOUT: ClassVar[str] = "实体日汇总 / one row per night and entity"

    date_key = dy.Int32(primary_key=True, metadata=about("日期键", "night as yyyymmdd"))
    entity_key = key("实体键", "entity key", primary_key=True)
    articles = count("文章数", "articles that name it")
    mentions = count("提及数", "mentions")


class SearchToken(Table):
    """One row per article and word."""

    NAME: ClassVar[str] = "marts.search_token"
    ABOUT: ClassVar[str] = "检索词索引 / one row per word and article, behind marts.search(query)"

    token = text("词", "Simplified word, Latin in lower case", primary_key=True)
    article_key = key("文章键", "article key", primary_key=True)
    occurrences = count("次数", "occurrences, the title counting three")


class SearchWord(Table):
    """One row per word of the index."""

    NAME: ClassVar[str] = "marts.search_word"
    ABOUT: ClassVar[str] = "检索词表 / one row per word of the index"

    token = text("词", "Simplified word, Latin in lower case", primary_key=True)
    articles = count("文章数", "articles that hold the word")
