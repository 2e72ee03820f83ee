"""Judgement about topics and words: what an article may be about, and what wording tells."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from transforms.tables.base import Table, about, choice

STOP_SCOPES = ["search", "keyword", "alone"]
WORDING = ["institution", "counted", "measured", "spoken", "leaning"]


class Topic(Table):
    """One row per topic (seeds/topics.csv), two levels deep."""

    NAME: ClassVar[str] = "ref.topics"
    ABOUT: ClassVar[str] = "主题 / one row per topic, with the words that speak of it and its proof"

    topic_id = dy.String(
        primary_key=True, regex=r"^[a-z]+(\.[a-z]+)?$", metadata=about("主题号", "root, or root.topic")
    )
    parent_topic_id = dy.String(nullable=True, metadata=about("上级主题号", "root topic; NULL for a root"))
    name_hans = dy.String(min_length=1, metadata=about("中文名", "name in Simplified"))
    name_en = dy.String(min_length=1, metadata=about("英文名", "English name"))
    words = dy.String(min_length=1, metadata=about("线索词", "Simplified cue words, separated by ｜"))
    other_words = dy.String(
        nullable=True,
        metadata=about("别义词", "longer words that hold one of these and do not speak of the topic, separated by ｜"),
    )
    hit = dy.String(metadata=about("正例", "a text that belongs to the topic"))
    miss = dy.String(metadata=about("反例", "a text that does not"))


class StopWord(Table):
    """One row per word that names nothing (seeds/stop_words.csv).

    A stop word proves itself: a test checks that the segmenter can cut it out, else it could never take effect.
    """

    NAME: ClassVar[str] = "ref.stop_words"
    ABOUT: ClassVar[str] = "停用词 / one row per stop word"

    word = dy.String(primary_key=True, min_length=2, metadata=about("词", "Simplified word, Latin in lower case"))
    scope = choice(
        STOP_SCOPES,
        "范围",
        "search: no token and no keyword; keyword: a token, but no keyword; alone: part of a keyword, but none by itself",
    )


class WordingPattern(Table):
    """One row per rule about what the wording of a term or sentence tells (seeds/wording_patterns.csv).

    Of terms: institution: what a body's name ends in. counted: a number with its measure word, a figure and no keyword;
    measured: one in quotation marks, where 六小龙 is a keyword. spoken: a quoted term begins or ends like speech, or holds
    what speech holds, and names nothing. Of sentences: leaning: how one opens that leans on the sentence before, one
    said to somebody, one that only announces.
    """

    NAME: ClassVar[str] = "ref.wording_patterns"
    ABOUT: ClassVar[str] = "措辞规则 / one row per rule about wording, with its proof"

    rule_id = dy.String(primary_key=True, metadata=about("规则号", "name of the rule"))
    part = choice(WORDING, "角色", "what it tells")
    pattern = dy.String(min_length=1, metadata=about("模式", "Rust regular expression"))
    hit = dy.String(metadata=about("正例", "a term or sentence it must recognise"))
    miss = dy.String(metadata=about("反例", "one it must leave alone"))
