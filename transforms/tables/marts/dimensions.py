"""Sources, days, topics, stories and entities."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from transforms.tables import enrichment
from transforms.tables.base import Table, about, choice
from transforms.tables.marts.columns import count, day, key, number, text, yes_no


class DimSource(Table):
    """One row per source."""

    NAME: ClassVar[str] = "marts.dim_source"
    ABOUT: ClassVar[str] = "来源维度 / one row per source, -1 = unknown"

    source_key = key("来源键", "source key", primary_key=True)
    source_id = text("来源号", "its row in sources.csv, adhoc for paths of none")
    name_hans = text("中文名", "Chinese name")
    name_en = text("英文名", "English name", nullable=True)
    region = text("地区", "CN, TW or HK", nullable=True)
    script = text("文字", "script it writes in", nullable=True)
    homepage = text("主页", "homepage", nullable=True)
    trust = number("可信度", "0..1, decides between copies")
    licence = text("许可", "licence of its texts, as its row states it", nullable=True)


# The years whose notices of holidays and make-up days the calendar knows.
NOTICES = "2004 to 2026"


class DimDate(Table):
    """One row per day."""

    NAME: ClassVar[str] = "marts.dim_date"
    ABOUT: ClassVar[str] = "日期维度 / one row per day"

    date_key = dy.Int32(primary_key=True, metadata=about("日期键", "yyyymmdd"))
    date = day("日期", "the day")
    year = count("年", "year")
    quarter = count("季", "quarter, 1..4")
    month = count("月", "month, 1..12")
    iso_week = count("周", "ISO week")
    weekday_zh = text("星期", "weekday in Chinese")
    is_weekend = yes_no("周末", "Saturday or Sunday")
    is_holiday_cn = yes_no("中国节假日", f"day off in mainland China by government notice; known for {NOTICES}")
    is_workday_cn = yes_no("中国工作日", f"working day in mainland China, by weekday outside {NOTICES}")
    holiday_name = text("节日", "holiday, NULL if none", nullable=True)
    lunar_date = text("农历", "lunar date")


class DimTopic(Table):
    """One row per topic."""

    NAME: ClassVar[str] = "marts.dim_topic"
    ABOUT: ClassVar[str] = "主题维度 / one row per topic, -1 = unknown"

    topic_key = key("主题键", "topic key", primary_key=True)
    topic_id = text("主题号", "row of seeds/topics.csv")
    name_hans = text("中文名", "name in Simplified")
    name_en = text("英文名", "English name")
    parent_topic_key = key("上级主题键", "parent topic, -1 = none: to sum up by field take root_topic_key")
    root_topic_key = key("根主题键", "field the topic belongs to; a root is its own, so that none is lost")
    root_name_hans = text("根主题名", "name of that field in Simplified")


class DimStory(Table):
    """One row per story."""

    NAME: ClassVar[str] = "marts.dim_story"
    ABOUT: ClassVar[str] = (
        "事件脉络维度 / one row per story: articles of different wording about one event; -1 = unknown"
    )

    story_key = key(
        "脉络键", "key of the story's article of the first night: later nights leave it alone", primary_key=True
    )
    title_hans = text("标题", "its most central headline, Simplified")
    title_hant = text("繁体标题", "the same headline, Traditional")
    central_article_key = key("居中文章键", "article the headline is of, -1 = none")
    first_night = day("首夜", "first night", nullable=True)
    last_night = day("末夜", "last night", nullable=True)
    first_published_on = day("最早发布日", "earliest publication stated", nullable=True)
    last_published_on = day("最晚发布日", "latest publication stated", nullable=True)
    article_count = count("文章数", "articles of the story, 1 = an article that stands alone")
    source_count = count("来源数", "sources (feeds, crawls) that brought it, however many of them one publisher has")
    outlet_count = count("媒体数", "outlets that tell it, by the name they sign with; the source where none is named")


class DimEntity(Table):
    """One row per entity."""

    NAME: ClassVar[str] = "marts.dim_entity"
    ABOUT: ClassVar[str] = "实体维度 / one row per entity, -1 = unknown"

    entity_key = key("实体键", "entity key", primary_key=True)
    entity_id = text("实体号", "type:canonical name")
    entity_type = choice(enrichment.ENTITY_TYPES, "实体类型", "type")
    entity_subtype = text(
        "实体子类", "finer type: company, university, province, …; NULL where nothing tells it", nullable=True
    )
    name_hans = text("规范名", "canonical Simplified name")
    name_hant = text("繁体名", "name in Traditional")
    aliases = text("别名", "other names seen, comma-separated", nullable=True)
    code = text(
        "行政区划代码",
        "GB/T 2260 code of a place of China, ISO 3166 code of a country or a state; NULL where none or several bear the name",
        nullable=True,
    )
    parent_name = text(
        "上级", "what it lies in or belongs to, by the name it goes by, NULL where that is not certain", nullable=True
    )
