"""WARC: a page that a crawler fetched is a record, behind the headers that say where and when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType  # pyright: ignore[reportMissingModuleSource]

from flows.readers import codings
from flows.readers.opened import MAX_RECORD_BYTES, Cut, Opened, RejectedFile, Stream

_PAGES = ("text/html", "application/xhtml+xml")


def cut(source: Opened) -> Iterator[Cut]:
    """One record a fetched page, as transforms.decode reads it: headers, an empty line, the page's bytes.

    What is no page (images, robots.txt, other answers than 200) is no record. Raises RejectedFile('malformed_file').
    """
    try:
        records = ArchiveIterator(
            cast(Any, _Counted(source.begin())),
            parse_http=True,
            # Only where lines end in a line feed alone: it would pass over what is no record at all.
            quirks_mode=not source.head().partition(b"\n")[0].endswith(b"\r"),
            # It ends in silence at the first coding it does not know.
            auto_decode="none",
        )
        for record in records:
            if record.headers.get("Content-Length") is None:
                # Where lines end otherwise than in the first record, all that follows is one header to it.
                raise RejectedFile("malformed_file", "a record that does not say how long it is")
            if record.record_type != WarcRecordType.response:
                continue
            announced = record.content_length
            body = record.reader.read(MAX_RECORD_BYTES + 1) if _is_page(record) else b""
            if len(body) + record.reader.consume() < announced:
                raise RejectedFile("malformed_file", "ends in the middle of a page")
            if body:
                yield _record(record, body)
    except (ValueError, OSError) as error:
        raise RejectedFile("malformed_file", (str(error) or type(error).__name__)[:200]) from error


class _Counted:
    """What fastwarc asks of a stream: its bytes and how many there were."""

    def __init__(self, stream: Stream) -> None:
        self._stream, self._count = stream, 0

    def read(self, size: int = -1, /) -> bytes:
        block = self._stream.read(size)
        self._count += len(block)
        return block

    def tell(self) -> int:
        return self._count


def _is_page(record: WarcRecord) -> bool:
    kind = (record.http_content_type or "").partition(";")[0].strip().lower()
    return record.is_http and record.http_headers.status_code == 200 and kind in _PAGES


def _record(record: WarcRecord, body: bytes) -> Cut:
    """The page; 'too_large' where it is cut off, 'undecodable' as it came where its coding cannot be undone."""
    headers = {
        "WARC-Target-URI": record.headers.get("WARC-Target-URI"),
        "WARC-Date": record.headers.get("WARC-Date"),
    }
    head = "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in headers.items() if value)
    reasons, told = dict[int, str](), record.http_headers.get
    try:
        body = codings.plain(body, told("Transfer-Encoding"), told("Content-Encoding"), MAX_RECORD_BYTES + 1)
    except codings.Unreadable:
        reasons[0] = "undecodable"
    if len(body) > MAX_RECORD_BYTES:
        reasons[0] = "too_large"
    return Cut([head.encode("utf-8", "replace") + b"\r\n" + body[:MAX_RECORD_BYTES]], reasons)
