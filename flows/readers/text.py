"""Text files: the whole file is one record."""

from __future__ import annotations

from collections.abc import Iterator

from flows.readers.opened import MAX_RECORD_BYTES, Cut, Opened, RejectedFile


def cut(source: Opened) -> Iterator[Cut]:
    """One record of all bytes. Raises RejectedFile('too_large' | 'binary_file' | 'empty_file')."""
    whole = source.whole(MAX_RECORD_BYTES)
    source.refuse_binary()
    if whole.isspace():
        raise RejectedFile("empty_file", "nothing but blanks")
    yield Cut([whole], {})
