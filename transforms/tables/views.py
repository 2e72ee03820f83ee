"""What stages read that no stage writes: views of the working database, declared like tables."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from transforms.tables.base import Table, about, identifier
from transforms.tables.core import CanonicalDocument
from transforms.tables.raw import Document, Record


class ReadableRecord(Record):
    """One row per record that its reader could cut out of its file."""

    NAME: ClassVar[str] = "raw.readable_records"
    ABOUT: ClassVar[str] = "可读的记录 / one row per record not held back by its reader"


class DistinctDocument(Document):
    """One row per distinct document: the first record that brought it."""

    NAME: ClassVar[str] = "raw.distinct_documents"
    ABOUT: ClassVar[str] = "不同的文档 / one row per distinct document"


class Candidate(Table):
    """One row per pair of documents of the chunk and of history that share clause keys."""

    NAME: ClassVar[str] = "core.candidates"
    ABOUT: ClassVar[str] = "候选对 / one row per pair of documents that share clause keys"

    document_id = identifier("文档号", "the smaller id of the pair")
    other_document_id = identifier("另一文档号", "the larger id of the pair")


class ComparedDocument(Table):
    """One row per document of a candidate pair."""

    NAME: ClassVar[str] = "core.compared_documents"
    ABOUT: ClassVar[str] = "待比较的文档 / one row per document of a candidate pair, what comparing needs of it"

    document_id = identifier("文档号", "document")
    title_hans = dy.String(nullable=True, metadata=about("标题", "canonical title"))
    body_hans = dy.String(metadata=about("正文", "canonical body"))
    script = dy.String(metadata=about("文字", "script the document came in"))
    script_origin = dy.String(nullable=True, metadata=about("文字来历", "native or converted"))
    source_id = dy.String(metadata=about("来源", "source"))
    published_on = dy.Date(nullable=True, metadata=about("发布日", "publication day"))


class AcceptedDocument(Table):
    """One row per canonical document: what the choice of a survivor looks at."""

    NAME: ClassVar[str] = "core.accepted_documents"
    ABOUT: ClassVar[str] = "入选文档 / one row per canonical document, keys only"

    document_id = identifier("文档号", "document")
    source_id = dy.String(metadata=about("来源", "source"))
    natural_id = dy.String(nullable=True, metadata=about("自然键", "the source's own id or url"))
    night = dy.Date(metadata=about("夜次", "first night"))
    title_hans = dy.String(nullable=True, metadata=about("标题", "canonical title"))
    published_on = dy.Date(nullable=True, metadata=about("发布日", "publication day"))
    published_at_utc = dy.Datetime(nullable=True, metadata=about("发布时刻", "publication moment"))
    body_hash = dy.Int64(nullable=True, metadata=about("正文摘要", "hash of all letters of the body"))
    char_count = dy.Int64(metadata=about("字数", "characters of the body"))
    repair_count = dy.Int64(metadata=about("修复数", "repairs"))
    script = dy.String(metadata=about("文字", "script the document came in"))
    script_origin = dy.String(nullable=True, metadata=about("文字来历", "native or converted"))
    quality_score = dy.Float64(metadata=about("质量分", "quality"))
    retracted_night = dy.Date(nullable=True, metadata=about("撤稿夜次", "night its source took it back"))
    title_is_inferred = dy.Bool(metadata=about("标题为推断", "title was inferred"))


class Article(CanonicalDocument):
    """One row per article: the canonical text of its survivor."""

    NAME: ClassVar[str] = "core.articles"
    ABOUT: ClassVar[str] = "文章 / one row per article, the survivor's canonical text"
