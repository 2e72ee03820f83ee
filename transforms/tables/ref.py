"""Judgement as data: the seed tables, one class a file of seeds/."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from transforms.tables.base import Table, about, choice
from transforms.tables.core import REMOVED_CATEGORIES
from transforms.tables.ops import POLICIES

READERS = ["text", "html", "jsonl", "json", "csv", "parquet", "feed", "warc"]


class Source(Table):
    """One row per source of articles (seeds/sources.csv)."""

    NAME: ClassVar[str] = "ref.sources"
    ABOUT: ClassVar[str] = "来源 / one row per source"

    source_id = dy.String(primary_key=True, min_length=1, metadata=about("来源号", "short name of the source"))
    name_hans = dy.String(metadata=about("中文名", "Chinese name"))
    name_en = dy.String(nullable=True, metadata=about("英文名", "English name"))
    location = dy.String(
        nullable=True,
        metadata=about("位置", "path, pattern or address; {night} or {night:%Y/%m%d} stands for the date"),
    )
    reader = choice(READERS, "读取器", "how its files are read, NULL: by their ending", nullable=True)
    fields = dy.String(
        nullable=True,
        metadata=about(
            "字段映射",
            "where its records state what: 'title=head; text=story.body|text; ignored=views', NULL: usual names",
        ),
    )
    unknown_fields = choice(
        POLICIES, "未知字段策略", "what a field nobody named leads to, NULL: nothing", nullable=True
    )
    missing_fields = choice(
        POLICIES, "缺失字段策略", "what a record without a field of `fields` leads to, NULL: nothing", nullable=True
    )
    region = choice(["CN", "TW", "HK"], "地区", "region", nullable=True)
    script = choice(["Hans", "Hant"], "文字", "script it writes in", nullable=True)
    time_zone = dy.String(metadata=about("时区", "IANA time zone of the dates it states"))
    homepage = dy.String(nullable=True, metadata=about("主页", "homepage"))
    trust = dy.Float64(min=0, max=1, metadata=about("可信度", "0..1, decides between copies"))
    licence = dy.String(nullable=True, metadata=about("许可", "licence of its texts"))
    delay_seconds = dy.Float64(
        nullable=True, min=0, max=3600, metadata=about("间隔秒数", "between two requests to its host, NULL: 1 second")
    )
    pages_a_night = dy.Int64(
        nullable=True,
        min=0,
        metadata=about(
            "每夜页数", "pages fetched of those its feed or sitemap names, NULL: none, the items are the records"
        ),
    )
    allow_private = dy.Bool(
        nullable=True, metadata=about("允许内网", "addresses of private networks may be asked, NULL: they may not")
    )


class NoiseRule(Table):
    """One row per rule that recognises web noise (seeds/noise_rules.csv)."""

    NAME: ClassVar[str] = "ref.noise_rules"
    ABOUT: ClassVar[str] = "噪声规则 / one row per noise rule, with its proof"

    rule_id = dy.String(primary_key=True, metadata=about("规则号", "name of the rule"))
    category = choice(REMOVED_CATEGORIES, "类别", "category of what it cuts")
    scope = choice(
        ["line", "span", "inside", "theme", "doubt", "piece", "speech"],
        "范围",
        "cuts the whole line, the match at one end of it, the match anywhere; is what an article is about that may say what `inside` would cut; casts doubt on the article; or says what lines at the margins of a page are made of, or how a site speaks of itself",
    )
    zone = choice(["any", "top", "bottom"], "区域", "part of the document it looks at")
    pattern = dy.String(metadata=about("模式", "Rust regular expression on the folded line"))
    hit = dy.String(metadata=about("正例", "a line it must recognise"))
    miss = dy.String(metadata=about("反例", "a line it must leave alone"))


class Furniture(Table):
    """One row per line a source repeats at the margins of its articles (seeds/furniture.csv, HOME/furniture.csv)."""

    NAME: ClassVar[str] = "ref.furniture"
    ABOUT: ClassVar[str] = "来源的固定行 / one row per line a source says over and over"

    source_id = dy.String(primary_key=True, metadata=about("来源号", "source that repeats it"))
    line = dy.String(primary_key=True, min_length=2, metadata=about("行", "the line, whole"))


class ReasonCode(Table):
    """One row per stage and reason a record or row is held back (seeds/reason_codes.csv)."""

    NAME: ClassVar[str] = "ref.reason_codes"
    ABOUT: ClassVar[str] = "原因代码 / one row per reason code"

    reason_code = dy.String(primary_key=True, metadata=about("原因代码", "code"))
    stage = dy.String(primary_key=True, metadata=about("阶段", "stage that gives it, `any` where every stage may"))
    rules = dy.String(nullable=True, metadata=about("规则", "row rules of the stage's table that this code stands for"))
    fate = choice(["quarantined", "rejected_file", "none"], "去向", "fate it leads to")
    meaning_zh = dy.String(metadata=about("含义", "meaning in Chinese"))
    meaning_en = dy.String(metadata=about("英文含义", "meaning in English"))
    cure = dy.String(metadata=about("处置", "what to do about it"))
