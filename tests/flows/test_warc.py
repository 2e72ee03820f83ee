"""WARC: fetched pages are records, with the address they were fetched from."""

from __future__ import annotations

import datetime as dt
import gzip
import zlib
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest

from flows import readers
from flows.readers import warc
from tests.transforms.judgement import FIELDS, WEB
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
    return decode.documents(rows, *FIELDS, sources, *WEB).to_dicts()


def test_pages_of_a_crawl_are_read_and_the_rest_is_not(tmp_path: Path) -> None:
    page = PAGE.encode("gbk")
    crawl = [
        response("https://example.org/1", page),
        response(
            "https://example.org/2",
            gzip.compress(page[:99]) + gzip.compress(page[99:]),
            more="Content-Encoding: gzip\r\n",
        ),
        response("https://example.org/gone", page, status="404 Not Found"),
        response("https://example.org/robots.txt", b"User-agent: *", kind="text/plain"),
    ]
    (tmp_path / "a.warc.gz").write_bytes(b"".join(map(gzip.compress, crawl)))
    found = documents(tmp_path)
    assert [document["natural_id"] for document in found] == ["https://example.org/1", "https://example.org/2"]
    assert {document["text"] for document in found} == {"\n".join(PARAGRAPHS)}
    assert {document["encoding"] for document in found} == {"gb18030"}


def chunked(body: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:50], body[50:])) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Transfer-Encoding: chunked\r\n", chunked(PAGE.encode())),
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", chunked(gzip.compress(PAGE.encode()))),
        ("Content-Encoding: deflate\r\n", zlib.compress(PAGE.encode())),
        ("Content-Encoding: deflate\r\n", zlib.compress(PAGE.encode())[2:-4]),
        ("Content-Encoding: br\r\n", pa.compress(PAGE.encode(), codec="brotli", asbytes=True)),
        ("Content-Encoding: zstd\r\n", pa.compress(PAGE.encode(), codec="zstd", asbytes=True)),
        pytest.param("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", PAGE.encode(), id="undone before"),
    ],
)
def test_codings_are_undone_and_the_next_page_is_read(tmp_path: Path, headers: str, body: bytes) -> None:
    crawl = [response("https://example.org/1", body, more=headers), response("https://example.org/2", PAGE.encode())]
    (tmp_path / "a.warc").write_bytes(b"".join(crawl))
    assert [document["text"] for document in documents(tmp_path)] == ["\n".join(PARAGRAPHS)] * 2


@pytest.mark.parametrize("coding", ["br", "compress"])
def test_a_page_whose_coding_cannot_be_undone_is_held_back_alone(tmp_path: Path, coding: str) -> None:
    broken = response("https://example.org/1", b"\xff" * 50, more=f"Content-Encoding: {coding}\r\n")
    (tmp_path / "a.warc").write_bytes(broken + response("https://example.org/2", PAGE.encode()))
    [batch] = readers.read_many(readers.discover([str(tmp_path)]), 1 << 20)
    assert batch.records["reason_code"].to_list() == ["undecodable", None]


def test_a_page_packed_beyond_reason_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "MAX_RECORD_BYTES", 1000)
    bomb = response("https://example.org/1", gzip.compress(bytes(10_000)), more="Content-Encoding: gzip\r\n")
    (tmp_path / "a.warc").write_bytes(bomb)
    [batch] = readers.read_many(readers.discover([str(tmp_path)]), 1 << 20)
    assert batch.records["reason_code"].to_list() == ["too_large"]


@pytest.mark.parametrize(("name", "packed"), [("a.warc.gz", gzip.compress), ("a.warc", bytes)])
def test_a_crawl_that_breaks_off_is_rejected(tmp_path: Path, name: str, packed: Callable[[bytes], bytes]) -> None:
    whole = packed(response("https://example.org/1", PAGE.encode()))
    (tmp_path / name).write_bytes(whole + whole[: len(whole) - 50])
    [batch] = readers.read_many(readers.discover([str(tmp_path)]), 1 << 20)
    assert [rejected.reason_code for rejected in batch.rejected] == ["malformed_file"]


def in_line_feeds(crawl: bytes) -> bytes:
    """A crawl of one page as a tool wrote it that ends lines in a line feed alone."""
    head, http, body = crawl.replace(b"\r\n", b"\n").removesuffix(b"\n\n").split(b"\n\n", 2)
    length = len(http) + 2 + len(body)
    kept = [line for line in head.split(b"\n") if not line.startswith(b"Content-Length")]
    return b"\n".join([*kept, b"Content-Length: %d" % length]) + b"\n\n" + http + b"\n\n" + body + b"\n\n"


def test_lines_that_end_in_a_line_feed_alone_are_read(tmp_path: Path) -> None:
    pages = [in_line_feeds(response(f"https://example.org/{number}", PAGE.encode())) for number in range(2)]
    (tmp_path / "a.warc").write_bytes(b"".join(pages))
    assert [document["text"] for document in documents(tmp_path)] == ["\n".join(PARAGRAPHS)] * 2


def test_what_follows_in_other_lines_is_not_lost_in_silence(tmp_path: Path) -> None:
    page = response("https://example.org/1", PAGE.encode())
    (tmp_path / "a.warc").write_bytes(page + in_line_feeds(page))
    [batch] = readers.read_many(readers.discover([str(tmp_path)]), 1 << 20)
    assert [rejected.reason_code for rejected in batch.rejected] == ["malformed_file"]
