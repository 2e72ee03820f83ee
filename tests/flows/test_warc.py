"""WARC: fetched pages are records, with the address they were fetched from."""

from __future__ import annotations

import datetime as dt
import gzip
from pathlib import Path

import polars as pl

import seeds
from flows import readers
from transforms import decode

PARAGRAPHS = ["昨天上午九点，图书馆新馆第一次打开大门。", "馆长周文说，新馆的座位比老馆多了三倍。"]
PAGE = f"<html><head><meta charset=gbk><title>新馆开放</title></head><body><p>{'</p><p>'.join(PARAGRAPHS)}</p></body></html>"


def response(url: str, body: bytes, status: str = "200 OK", kind: str = "text/html", more: str = "") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}Content-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-05-01T00:30:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{len(body):012}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def documents(path: Path) -> list[dict[str, str | None]]:
    batches = readers.read_many(readers.discover([str(path)]), 1 << 20)
    rows = pl.concat([batch.records for batch in batches]).with_columns(
        record_id=pl.col("record_ordinal").cast(pl.String), source_id=pl.lit("adhoc"), night=dt.date(2024, 5, 1)
    )
    sources = pl.DataFrame({"source_id": ["adhoc"], "script": ["Hans"]})
    return decode.documents(rows, seeds.table("field_names"), sources).to_dicts()


def test_pages_of_a_crawl_are_read_and_the_rest_is_not(tmp_path: Path) -> None:
    page = PAGE.encode("gbk")
    crawl = [
        response("https://example.org/1", page),
        response("https://example.org/2", gzip.compress(page), more="Content-Encoding: gzip\r\n"),
        response("https://example.org/gone", page, status="404 Not Found"),
        response("https://example.org/robots.txt", b"User-agent: *", kind="text/plain"),
    ]
    (tmp_path / "a.warc.gz").write_bytes(b"".join(map(gzip.compress, crawl)))
    found = documents(tmp_path)
    assert [document["natural_id"] for document in found] == ["https://example.org/1", "https://example.org/2"]
    assert {document["text"] for document in found} == {"\n".join(PARAGRAPHS)}
    assert {document["encoding"] for document in found} == {"gb18030"}


def test_a_crawl_that_breaks_off_is_rejected(tmp_path: Path) -> None:
    data = gzip.compress(response("https://example.org/1", PAGE.encode() * 100))
    (tmp_path / "a.warc.gz").write_bytes(data[: len(data) // 2])
    [batch] = readers.read_many(readers.discover([str(tmp_path)]), 1 << 20)
    assert [rejected.reason_code for rejected in batch.rejected] == ["malformed_file"]
