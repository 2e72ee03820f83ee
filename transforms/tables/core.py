"""What we vouch for: cleaned, canonical and compared documents."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy
import polars as pl

from transforms.tables.base import Table, about, choice, identifier

REMOVED_CATEGORIES = [
    "breadcrumb", "byline", "dateline", "caption", "photo_credit", "reading_time", "banner", "author_bio", "related",
    "disclaimer", "platform_notice", "copyright", "contact", "nav_footer", "seo_spam", "pinyin", "boilerplate", "html",
    "whitespace",
]  # fmt: skip
PRECISIONS = ["second", "minute", "day", "month", "year", "none"]
CREDIT_ROLES = ["author", "reporter", "contributor", "editor", "photographer"]
SCRIPTS = ["Hans", "Hant", "mixed"]
SCRIPT_REGIONS = ["CN", "TW", "HK"]
SCRIPT_ORIGINS = ["native", "converted_char", "converted_opencc", "converted_phrase"]
VERDICTS = ["original", "exact", "cross_script", "near", "truncated"]
RELATIONS = ["excerpt_of", "overlaps", "sibling", "update_of"]

HEADING = dy.Struct(
    {
        "ordinal": dy.Int64(),
        "level": dy.Int64(),
        "text_original": dy.String(),
        "before_paragraph": dy.Int64(),
        "start_offset": dy.Int64(),
    }
)
REMOVED = dy.Struct(
    {
        "ordinal": dy.Int64(),
        "start_offset": dy.Int64(),
        "end_offset": dy.Int64(),
        "line_no": dy.Int64(),
        "category": dy.String(),
        "rule_id": dy.String(),
        "text": dy.String(),
    }
)
REPAIR = dy.Struct(
    {
        "ordinal": dy.Int64(),
        "start_offset": dy.Int64(),
        "end_offset": dy.Int64(),
        "kind": dy.String(),
        "before": dy.String(),
        "after": dy.String(),
        "confidence": dy.Float64(),
    }
)
# Without offsets where it stood in what the source states beside the text: its title, author, outlet or section.
PII = dy.Struct(
    {
        "kind": dy.String(),
        "start_offset": dy.Int64(nullable=True),
        "end_offset": dy.Int64(nullable=True),
        "raw": dy.String(),
        "masked": dy.String(),
        "digest": dy.String(),
    }
)
CREDIT = dy.Struct({"role": dy.String(), "name": dy.String(), "affiliation": dy.String(nullable=True)})


def _spans_fit(column: str, text: str) -> pl.Expr:
    """Whether every span of a list of spans is as long as its text."""
    span = pl.element().struct
    length = span.field("end_offset") - span.field("start_offset")
    return pl.col(column).list.eval(length == span.field(text).str.len_chars()).list.all()


class CleanDocument(Table):
    """One row per distinct document: the article without its web noise, in the script it came in."""

    NAME: ClassVar[str] = "core.clean_documents"
    ABOUT: ClassVar[str] = "清洗后的文档 / one row per distinct document, web noise cut, script untouched"

    document_id = identifier("文档号", "document", primary_key=True)
    source_id = dy.String(metadata=about("来源", "source of the document"))
    night = dy.Date(metadata=about("夜次", "first night that brought the document in"))
    title_original = dy.String(nullable=True, metadata=about("原标题", "title in the script it came in"))
    title_stated = dy.String(
        nullable=True, metadata=about("来源所给标题", "title as its source gave it; NULL where nothing was cut from it")
    )
    title_start_offset = dy.Int64(
        nullable=True,
        min=0,
        metadata=about("标题位置", "start of the title in the decoded original; NULL if not from it"),
    )
    title_is_inferred = dy.Bool(metadata=about("标题为推断", "the page lost its title, this one is inferred"))
    body_original = dy.String(
        min_length=1, metadata=about("原文正文", "paragraphs joined by a newline; PII characters shown as ●")
    )
    headings = dy.List(HEADING, metadata=about("小标题", "section headings in order"))
    removed = dy.List(REMOVED, metadata=about("删除片段", "every span cut, offsets in the decoded original"))
    repairs = dy.List(REPAIR, metadata=about("修复", "every span changed, offsets in the decoded original"))
    pii = dy.List(PII, metadata=about("个人信息", "personal data found, raw values included: never published"))
    credits = dy.List(CREDIT, metadata=about("署名", "people credited, names in the original script"))
    agency = dy.String(nullable=True, metadata=about("通讯社", "news agency of the dateline"))
    outlet = dy.String(nullable=True, metadata=about("媒体", "outlet the page names as its source, else who signs it"))
    author_line = dy.String(nullable=True, metadata=about("作者行", "the author credit as it stood"))
    dateline_place = dy.String(nullable=True, metadata=about("电头地点", "place of the dateline"))
    section = dy.String(nullable=True, metadata=about("栏目", "section, from the breadcrumb or the source"))
    url = dy.String(nullable=True, metadata=about("网址", "http address as the source states it"))
    natural_id = dy.String(nullable=True, metadata=about("自然键", "the source's own id or url"))
    published_on = dy.Date(nullable=True, metadata=about("发布日", "day of publication, NULL if not stated"))
    published_at_utc = dy.Datetime(
        nullable=True, metadata=about("发布时刻", "UTC moment, NULL unless stated to the minute")
    )
    published_precision = choice(PRECISIONS, "日期精度", "how precisely the date is stated")
    published_is_inferred = dy.Bool(metadata=about("日期为推断", "part of the date was inferred from the article"))
    published_evidence = dy.String(nullable=True, metadata=about("日期依据", "the text the date was read from"))
    quality_flags = dy.List(dy.String(), metadata=about("质量标记", "what is doubtful about this document"))

    @dy.rule()
    def has_han_body(cls) -> pl.Expr:
        """A body without Chinese is not an article of this warehouse."""
        return pl.col("body_original").str.contains(r"\p{Han}")

    @dy.rule()
    def cuts_fit(cls) -> pl.Expr:
        """Every cut is as long as its text: without that the original cannot be rebuilt."""
        return _spans_fit("removed", "text")

    @dy.rule()
    def repairs_fit(cls) -> pl.Expr:
        """Every repair is as long as the text before it."""
        return _spans_fit("repairs", "before")


HEADING_HANS = dy.Struct(
    {
        "ordinal": dy.Int64(),
        "level": dy.Int64(),
        "text_hans": dy.String(),
        "text_original": dy.String(),
        "before_paragraph": dy.Int64(),
        "start_offset": dy.Int64(),
    }
)
CREDIT_HANS = dy.Struct({"role": dy.String(), "name_hans": dy.String(), "affiliation": dy.String(nullable=True)})


class CanonicalDocument(Table):
    """One row per clean document: its text in canonical Simplified, and the script it came in."""

    NAME: ClassVar[str] = "core.canonical_documents"
    ABOUT: ClassVar[str] = "规范简体文档 / one row per clean document, in canonical Simplified"

    document_id = identifier("文档号", "document", primary_key=True)
    source_id = dy.String(metadata=about("来源", "source of the document"))
    night = dy.Date(metadata=about("夜次", "first night that brought the document in"))
    script = choice(SCRIPTS, "文字", "script the document came in")
    script_region = choice(SCRIPT_REGIONS, "地区", "region of its vocabulary", nullable=True)
    script_origin = choice(SCRIPT_ORIGINS, "文字来历", "written so, or converted and how", nullable=True)
    script_evidence = dy.String(nullable=True, metadata=about("文字依据", "what script, region and origin rest on"))
    title_hans = dy.String(nullable=True, metadata=about("简体标题", "title in canonical Simplified"))
    title_hant = dy.String(nullable=True, metadata=about("繁体标题", "title in Traditional"))
    body_hans = dy.String(
        min_length=1, metadata=about("简体正文", "canonical Simplified body, paragraphs joined by newline")
    )
    headings = dy.List(HEADING_HANS, metadata=about("小标题", "section headings in order"))
    credits = dy.List(CREDIT_HANS, metadata=about("署名", "people credited"))
    agency = dy.String(nullable=True, metadata=about("通讯社", "news agency, Simplified"))
    outlet = dy.String(nullable=True, metadata=about("媒体", "outlet, Simplified"))
    author_line = dy.String(nullable=True, metadata=about("作者行", "author credit, Simplified"))
    dateline_place = dy.String(nullable=True, metadata=about("电头地点", "place of the dateline, Simplified"))
    section = dy.String(nullable=True, metadata=about("栏目", "section, Simplified"))
    published_on = dy.Date(nullable=True, metadata=about("发布日", "day of publication, NULL if not stated"))
    char_count = dy.Int64(min=1, metadata=about("字数", "code points of body_hans without newlines"))
    paragraph_count = dy.Int64(min=1, metadata=about("段数", "paragraphs of body_hans"))
    sentence_count = dy.Int64(min=1, metadata=about("句数", "sentences of body_hans"))
    removed_char_count = dy.Int64(min=0, metadata=about("删除字数", "code points cut from the original"))
    repair_count = dy.Int64(min=0, metadata=about("修复数", "repairs made"))
    quality_score = dy.Float64(min=0, max=1, metadata=about("质量分", "1 = nothing doubtful, see docs/quality.md"))
    quality_flags = dy.List(dy.String(), metadata=about("质量标记", "what is doubtful about this document"))

    @dy.rule()
    def no_personal_data(cls) -> pl.Expr:
        """A body that still shows an e-mail address or a mobile number is not published."""
        # What knows personal data reads tables of scripts, which know this one.
        from transforms.pii.other_numbers import OTHER_NUMBER, SHOWN_EMAIL, SHOWN_PHONE

        body = pl.col("body_hans")
        suspect = pl.when(body.str.contains(SHOWN_PHONE)).then(body)
        phone = suspect.str.replace_all(OTHER_NUMBER, "$1").str.contains(SHOWN_PHONE).fill_null(value=False)
        return ~(body.str.contains(SHOWN_EMAIL) | phone)


class Clause(Table):
    """One row per key of a canonical document: what duplicates are searched by. There are some sixty a document."""

    NAME: ClassVar[str] = "core.clauses"
    ABOUT: ClassVar[str] = "分句键 / one row per distinct clause key of a document"

    document_key = dy.Int64(min=0, metadata=about("文档键", "first 60 bits of the document's id"))
    body_hash = dy.Int64(metadata=about("正文摘要", "64-bit hash of all letters of the body"))
    clause_hash = dy.Int64(metadata=about("分句摘要", "64-bit hash of the clause, figures kept; the body's own is one"))
    clause_chars = dy.Int64(min=1, metadata=about("分句字数", "characters the key stands for, its repeats included"))
    night = dy.Date(metadata=about("夜次", "night of the document: where in storage its keys are"))


class Pair(Table):
    """One row per compared pair of documents that share text, smaller id first."""

    NAME: ClassVar[str] = "core.pairs"
    ABOUT: ClassVar[str] = "文档对 / one row per compared pair of documents, a verdict on the two alone"

    document_id = identifier("文档号", "the smaller id of the pair", primary_key=True)
    other_document_id = identifier("另一文档号", "the larger id of the pair", primary_key=True)
    is_copy = dy.Bool(metadata=about("是副本", "the two are one article"))
    verdict = choice(["exact", "cross_script", "near", "truncated"], "判定", "kind of copy", nullable=True)
    relation = choice(RELATIONS, "关系", "relation of two different articles", nullable=True)
    is_reversed = dy.Bool(metadata=about("方向反转", "relation or truncation reads from the larger id to the smaller"))
    jaccard = dy.Float64(min=0, max=1, metadata=about("杰卡德", "character 4-gram Jaccard of the bodies"))
    containment = dy.Float64(
        min=0, max=1, metadata=about("包含度", "share of the shorter body's 4-grams found in the other")
    )
    evidence = dy.String(nullable=True, metadata=about("依据", "shared and differing figures, what differs"))


class Copy(Table):
    """One row per accepted document: the article it belongs to and why."""

    NAME: ClassVar[str] = "core.copies"
    ABOUT: ClassVar[str] = "副本归属 / one row per accepted document, its article and survivor"

    document_id = identifier("文档号", "document", primary_key=True)
    body_hash = dy.Int64(nullable=True, metadata=about("正文摘要", "hash of all letters of its body"))
    article_id = identifier("文章号", "first document of the cluster by night and id")
    survivor_document_id = identifier("存留文档号", "the copy that is published")
    survivor_rank = dy.Int64(min=0, metadata=about("存留次序", "0 = the survivor, 1 = who would be without it, …"))
    is_superseded = dy.Bool(metadata=about("已被取代", "a later version of the same record replaced it"))
    retracted_night = dy.Date(
        nullable=True, metadata=about("撤稿夜次", "night its source took it back; never published since")
    )
    verdict = choice(VERDICTS, "判定", "original for the survivor, else kind of copy")
    matched_document_id = identifier("匹配文档号", "document it was matched with", nullable=True)
    jaccard = dy.Float64(nullable=True, min=0, max=1, metadata=about("杰卡德", "4-gram Jaccard with the match"))
    containment = dy.Float64(nullable=True, min=0, max=1, metadata=about("包含度", "4-gram containment with the match"))


class Relation(Table):
    """One row per article, related article and relation."""

    NAME: ClassVar[str] = "core.relations"
    ABOUT: ClassVar[str] = (
        "文章关系 / one row per article, related article and relation; overlaps, sibling: a row under either"
    )

    article_id = identifier("文章号", "article", primary_key=True)
    other_article_id = identifier("另一文章号", "the other article", primary_key=True)
    relation = choice(RELATIONS, "关系", "how the first relates to the other", primary_key=True)
    score = dy.Float64(min=0, max=1, metadata=about("分数", "strength of the relation"))
    evidence = dy.String(nullable=True, metadata=about("依据", "what the relation rests on"))
