"""What arrived: records as bytes, documents as text."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy
import polars as pl

from transforms.tables.base import Table, about, choice, identifier

FORMATS = ["text", "html", "json", "csv", "parquet", "feed", "warc"]


class Record(Table):
    """One row per input record: a text file, a page, a line of JSONL, a row of CSV or Parquet."""

    NAME: ClassVar[str] = "raw.records"
    ABOUT: ClassVar[str] = "到达的记录 / one row per input record, byte-faithful"

    record_id = identifier("记录号", "hash of source, file name, file bytes and ordinal", primary_key=True)
    source_id = dy.String(metadata=about("来源", "row of seeds/sources.csv, 'adhoc' without one"))
    file_name = dy.String(metadata=about("文件名", "path below the input given, base name kept"))
    file_sha256 = dy.String(metadata=about("文件摘要", "SHA-256 of the file's bytes"))
    record_ordinal = dy.Int64(min=0, metadata=about("文件内序号", "0-based record within its file"))
    night = dy.Date(metadata=about("夜次", "night that brought the record in"))
    format = choice(FORMATS, "格式", "reader that cut the record out of its file")
    payload = dy.Binary(metadata=about("字节", "bytes of the record as they stood"))
    first_seen_at_utc = dy.Datetime(metadata=about("首见时刻", "UTC time of the run that first saw it"))


class Document(Table):
    """One row per readable record: decoded text beside the fields a structured source states."""

    NAME: ClassVar[str] = "raw.documents"
    ABOUT: ClassVar[str] = "解码后的文档 / one row per readable record"

    record_id = identifier("记录号", "record it was read from", primary_key=True)
    document_id = identifier("文档号", "hash of source, natural id or file name, and content; equal content, equal id")
    source_id = dy.String(metadata=about("来源", "row of seeds/sources.csv"))
    natural_id = dy.String(nullable=True, metadata=about("自然键", "the source's own id or url; NULL if it has none"))
    night = dy.Date(metadata=about("夜次", "night that brought the record in"))
    format = choice(FORMATS, "格式", "format of the record")
    encoding = dy.String(metadata=about("编码", "character encoding the bytes were read with"))
    text = dy.String(metadata=about("解码原文", "decoded text; offsets of removed and repair count its code points"))
    title_field = dy.String(
        nullable=True, metadata=about("标题字段", "title as the source states it, outside the text")
    )
    url = dy.String(nullable=True, metadata=about("网址", "http address as the source states it"))
    published_field = dy.String(nullable=True, metadata=about("日期字段", "publication date as the source states it"))
    author_field = dy.String(nullable=True, metadata=about("作者字段", "author as the source states it"))
    outlet_field = dy.String(nullable=True, metadata=about("媒体字段", "outlet as the source states it"))
    is_retraction = dy.Bool(metadata=about("是撤稿", "the record has no text: it withdraws what its natural id names"))
    section_field = dy.String(nullable=True, metadata=about("栏目字段", "section as the source states it"))

    @dy.rule()
    def has_text(cls) -> pl.Expr:
        """A record without any visible character is not a document, unless it takes one back."""
        return pl.col("is_retraction") | pl.col("text").str.contains(r"\S")
