"""The published star: what analysts query. Scalars only, keys never NULL, every column explained."""

from __future__ import annotations

from transforms.tables.base import Table
from transforms.tables.marts.aggregates import AggDailyEntity, AggDailySource, SearchToken, SearchWord
from transforms.tables.marts.articles import (
    ArticleWide,
    FctArticle,
    FctArticleVersion,
    FctCopy,
    FctCredit,
    FctHeading,
    FctRelation,
)
from transforms.tables.marts.dimensions import DimDate, DimEntity, DimSource, DimStory, DimTopic
from transforms.tables.marts.facts import (
    BridgeArticleKeyword,
    BridgeArticleTopic,
    FctEvent,
    FctFigure,
    FctMention,
    FctQuote,
    FctStoryArticle,
)

__all__ = [
    "TABLES",
    "VIEWS",
    "AggDailyEntity",
    "AggDailySource",
    "ArticleWide",
    "BridgeArticleKeyword",
    "BridgeArticleTopic",
    "DimDate",
    "DimEntity",
    "DimSource",
    "DimStory",
    "DimTopic",
    "FctArticle",
    "FctArticleVersion",
    "FctCopy",
    "FctCredit",
    "FctEvent",
    "FctFigure",
    "FctHeading",
    "FctMention",
    "FctQuote",
    "FctRelation",
    "FctStoryArticle",
    "SearchToken",
    "SearchWord",
]

VIEWS: tuple[type[Table], ...] = (ArticleWide,)
TABLES: tuple[type[Table], ...] = (
    DimSource, DimDate, DimTopic, DimStory, FctArticle, FctArticleVersion, FctHeading, FctCopy, FctRelation, FctCredit,
    DimEntity, FctStoryArticle, FctMention, FctFigure, FctEvent, FctQuote, BridgeArticleTopic, BridgeArticleKeyword, AggDailySource,
    AggDailyEntity, SearchToken, SearchWord,
)  # fmt: skip
