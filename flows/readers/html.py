"""Pages fetched from the web: the whole file is one record, behind the address it came from."""

from __future__ import annotations

from collections.abc import Iterator

from flows.readers import text
from flows.readers.opened import Cut, Opened


def cut_fetched(source: Opened) -> Iterator[Cut]:
    """A text file behind a header that says where it came from, as a page out of a WARC stands."""
    head = f"WARC-Target-URI: {source.file.address}\r\n\r\n".encode() if source.file.address else b"\r\n\r\n"
    for cut in text.cut(source):
        yield Cut([head + payload for payload in cut.payloads], cut.reasons)
