"""Pages: the whole file is one record."""

from __future__ import annotations

from collections.abc import Iterator

from flows.readers import text
from flows.readers.opened import Cut, Opened


def cut(source: Opened) -> Iterator[Cut]:
    """One record of all bytes, cut as a text file is."""
    yield from text.cut(source)
