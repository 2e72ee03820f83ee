"""What is read out of articles: mentions, figures, events, quotes, topics, keywords."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from transforms.tables import enrichment
from transforms.tables.base import Table, about, choice
from transforms.tables.marts.columns import count, day, key, number, text, yes_no


class FctMention(Table):
    """One row per article and entity it names."""

    NAME: ClassVar[str] = "marts.fct_mention"
    ABOUT: ClassVar[str] = "实体提及 / one row per article and entity"

    article_key = key("文章键", "article key", primary_key=True)
    entity_key = key("实体键", "entity key", primary_key=True)
    mention_count = count("提及次数", "occurrences in title and body")
    in_title = yes_no("见于标题", "named in the title")
    first_offset = count("首次位置", "first character in body_hans, NULL: title only", nullable=True)
    surface = text("首次写法", "form first used in the body, else in the title")
    role_hans = text(
        "职务", "role of a person as first stated beside the name, literal in body_hans, NULL: none is", nullable=True
    )
    affiliation_hans = text(
        "所属",
        "organisation, or place of its head, stated with that role, literal in body_hans, NULL: none is",
        nullable=True,
    )
    affiliation_entity_key = key("所属实体键", "entity of that organisation or place, -1 = unknown")


class FctFigure(Table):
    """One row per quantity stated in an article."""

    NAME: ClassVar[str] = "marts.fct_figure"
    ABOUT: ClassVar[str] = "数量 / one row per quantity stated in an article"

    article_key = key("文章键", "article key", primary_key=True)
    ordinal = count("序号", "order within the article", primary_key=True)
    text = text("原文", "literal text")
    kind = choice(enrichment.FIGURE_KINDS, "种类", "kind of quantity")
    value = number(
        "数值",
        "value in its unit, 25% = 0.25; NULL where only a bound is stated, and of dates and times",
        nullable=True,
    )
    value_min = number("下限", "lower bound, of a range of years the first", nullable=True)
    value_max = number("上限", "upper bound, of a range of years the last", nullable=True)
    unit = dy.String(
        nullable=True,
        metadata=about(
            "单位",
            "currency by ISO 4217, physical unit by UCUM, 'ratio' of shares, else the measure word; "
            "NULL of a bare number, a date or a time",
        ),
    )
    date_value = day("日期值", "first day of a date", nullable=True)
    qualifier = choice(
        enrichment.QUALIFIERS, "限定", "how the words bound or blur it, NULL: they do not", nullable=True
    )
    start_offset = count("起点", "first character in the text of where_found")
    end_offset = count("终点", "end, exclusive")
    where_found = choice(["title", "heading", "body"], "位置", "text the figure stands in")
    is_suspect = yes_no("可疑", "the text looks damaged here")
    note = dy.String(nullable=True, metadata=about("说明", "why it is suspect, or what was implied"))


class FctEvent(Table):
    """One row per date and sentence that states it."""

    NAME: ClassVar[str] = "marts.fct_event"
    ABOUT: ClassVar[str] = "有日期的事件 / one row per date and sentence of an article that states it"

    article_key = key("文章键", "article key", primary_key=True)
    ordinal = count("序号", "order within the article", primary_key=True)
    date_from = day("起日", "first day")
    date_to = day("止日", "last day, inclusive")
    date_text = text("日期原文", "literal date expression")
    precision = choice(enrichment.EVENT_PRECISIONS, "精度", "precision of the date")
    sentence = text("句子", "the sentence, literal in body_hans")


class FctQuote(Table):
    """One row per attributed speech."""

    NAME: ClassVar[str] = "marts.fct_quote"
    ABOUT: ClassVar[str] = "引语 / one row per attributed speech of an article"

    article_key = key("文章键", "article key", primary_key=True)
    ordinal = count("序号", "order within the article", primary_key=True)
    speaker = dy.String(nullable=True, metadata=about("说话人", "speaker as named, NULL if not stated"))
    speaker_entity_key = key("说话人实体键", "entity of the speaker, -1 = unknown")
    verb = dy.String(nullable=True, metadata=about("动词", "verb of speech"))
    text = dy.String(metadata=about("引语原文", "what was said, quotation marks left out"))
    is_direct = yes_no("直接引语", "between quotation marks")
    start_offset = count("起点", "first character in body_hans")
    end_offset = count("终点", "end, exclusive")


class BridgeArticleTopic(Table):
    """One row per article and topic."""

    NAME: ClassVar[str] = "marts.bridge_article_topic"
    ABOUT: ClassVar[str] = "文章主题桥 / one row per article and topic"

    article_key = key("文章键", "article key", primary_key=True)
    topic_key = key("主题键", "topic key", primary_key=True)
    weight = number("权重", "share of the evidence, 0..1")


class BridgeArticleKeyword(Table):
    """One row per article and keyword."""

    NAME: ClassVar[str] = "marts.bridge_article_keyword"
    ABOUT: ClassVar[str] = "文章关键词桥 / one row per article and keyword"

    article_key = key("文章键", "article key", primary_key=True)
    keyword_hans = text("关键词", "keyword in Simplified", primary_key=True)
    rank = count("名次", "1 = strongest")
    weight = number("权重", "weight within the article")


class FctStoryArticle(Table):
    """One row per article that shares its story with another."""

    NAME: ClassVar[str] = "marts.fct_story_article"
    ABOUT: ClassVar[str] = "文章与事件 / one row per article that shares its story with another, and what ties it there"

    article_key = key("文章键", "article key", primary_key=True)
    story_key = key("脉络键", "story")
    tied_article_key = key("最近文章键", "article of the story it has most in common with")
    score = number("分数", "how much the two have in common, 0..1, less for each day between them")
    evidence = text(
        "依据",
        "the words, names and figures they share, strongest first, comma-separated; figures as value and unit (0.3ratio = 30%)",
    )
