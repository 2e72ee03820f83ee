"""Stories: which articles of different wording tell of one event, worked out from small keys."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from transforms.tables.base import Table, about, choice, identifier

TERM_KINDS = ["word", "name", "figure"]


class StoryTerm(Table):
    """One row per document and term an event could be known by."""

    NAME: ClassVar[str] = "core.story_terms"
    ABOUT: ClassVar[str] = "事件特征词 / one row per document and word, name or figure an event could be known by"

    document_id = identifier("文档号", "document", primary_key=True)
    kind = choice(TERM_KINDS, "种类", "what the term is; a word that is a name is a name")
    term = dy.String(primary_key=True, min_length=1, metadata=about("特征", "word, canonical name, or value and unit"))
    weight = dy.Int64(min=1, metadata=about("权重", "hundredths: rarity in Chinese at large × damped frequency"))


class StoryArticle(Table):
    """One row per article: when it is told (a view)."""

    NAME: ClassVar[str] = "core.story_articles"
    ABOUT: ClassVar[str] = "文章日期 / one row per article and the day it tells of"

    document_id = identifier("文档号", "the survivor", primary_key=True)
    article_id = identifier("文章号", "article")
    voice_id = identifier("代言文档号", "the document that is compared for all that have its body (core.pairs)")
    first_night = dy.Date(metadata=about("首夜", "first night that brought any copy in"))
    story_on = dy.Date(metadata=about("日期", "day of publication, the first night where none is stated"))


class StoryDay(Table):
    """One row per day that has articles."""

    NAME: ClassVar[str] = "core.story_days"
    ABOUT: ClassVar[str] = "事件日 / one row per day with articles, and the state of what its stories are made of"

    story_day = dy.String(primary_key=True, metadata=about("日状态", "the day and a digest of its articles"))
    story_on = dy.Date(metadata=about("日期", "the day"))
    articles = dy.Int64(min=1, metadata=about("文章数", "articles of the day and of the three days before"))


class StoryPair(Table):
    """One row per pair of articles that share three rare terms (computed for a chunk of days)."""

    NAME: ClassVar[str] = "core.story_pairs"
    ABOUT: ClassVar[str] = "事件候选对 / one row per pair of articles of neighbouring days that share three rare terms"

    story_on = dy.Date(metadata=about("日期", "day of the later article"))
    document_id = identifier("文档号", "the later article")
    other_document_id = identifier("另一文档号", "the earlier article, the smaller id on one day")
    gap_days = dy.Int64(metadata=about("间隔", "days between the two"))
    product = dy.Int64(metadata=about("内积", "inner product of the terms' weights"))
    norm = dy.Int64(metadata=about("模方", "square sum of the later article's weights"))
    other_norm = dy.Int64(metadata=about("另一模方", "square sum of the earlier article's weights"))
    relation = dy.String(nullable=True, metadata=about("关系", "how the two texts relate, where they share wording"))
    evidence = dy.String(metadata=about("依据", "the strongest terms they share, comma-separated"))


class StoryLink(Table):
    """One row per pair of articles that speak of the same things within three days."""

    NAME: ClassVar[str] = "core.story_links"
    ABOUT: ClassVar[str] = "事件关联 / one row per pair of articles of neighbouring days that speak of the same things"

    story_on = dy.Date(metadata=about("日期", "day of the later article"))
    document_id = identifier("文档号", "the later article", primary_key=True)
    other_document_id = identifier("另一文档号", "the earlier article, the smaller id on one day", primary_key=True)
    gap_days = dy.Int64(min=0, max=3, metadata=about("间隔", "days between the two"))
    product = dy.Int64(metadata=about("内积", "inner product of the terms' weights"))
    norm = dy.Int64(metadata=about("模方", "square sum of the later article's weights"))
    other_norm = dy.Int64(metadata=about("另一模方", "square sum of the earlier article's weights"))
    score = dy.Int64(min=-10_000, max=10_000, metadata=about("分数", "ten-thousandths; below 0: kept apart"))
    evidence = dy.String(metadata=about("依据", "the strongest terms they share, comma-separated"))


class StoryBundle(Table):
    """One row per article: those of its day it tells one event with."""

    NAME: ClassVar[str] = "core.story_bundles"
    ABOUT: ClassVar[str] = "当日事件束 / one row per article and the articles of its day that tell the same event"

    document_id = identifier("文档号", "article", primary_key=True)
    voice_id = identifier("代言文档号", "the document that was compared for all that have its body")
    story_on = dy.Date(metadata=about("日期", "day of the article"))
    bundle_id = identifier("束号", "smallest document of the bundle")
    centrality = dy.Int64(min=0, metadata=about("居中度", "sum of its links within the bundle, ten-thousandths"))


class StoryFollow(Table):
    """One row per bundle that carries an earlier one on: the one it is closest to (a view)."""

    NAME: ClassVar[str] = "core.story_follows"
    ABOUT: ClassVar[str] = "事件延续 / one row per bundle and the bundle of the three days before that it carries on"

    bundle_id = identifier("束号", "the later bundle", primary_key=True)
    earlier_bundle_id = identifier("前束号", "the earlier bundle")


class Story(Table):
    """One row per article: the story it belongs to."""

    NAME: ClassVar[str] = "core.stories"
    ABOUT: ClassVar[str] = "文章所属事件 / one row per article and its story"

    document_id = identifier("文档号", "article", primary_key=True)
    article_id = identifier("文章号", "article")
    story_id = identifier("脉络号", "its article of the first night")
    centrality = dy.Int64(min=0, metadata=about("居中度", "how much of its bundle's wording it shares"))
