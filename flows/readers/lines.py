"""Bytes in lines, block by block, in memory bounded by the block; UTF-16 is re-cut as text."""

from __future__ import annotations

from collections.abc import Iterator

from flows.readers.opened import HEAD_BYTES, MAX_DOCUMENT_BYTES, MAX_RECORD_BYTES, Opened
from transforms.decode import charset

UTF16_MARKS = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


def utf16_of(source: Opened) -> str | None:
    """The UTF-16 encoding of a file, by its mark or its zero bytes; None for every other encoding."""
    head = source.head()
    for encoding, mark in UTF16_MARKS.items():
        if head.startswith(mark):
            return encoding
    return charset.utf16_without_mark(head if len(head) < HEAD_BYTES else head[:HEAD_BYTES])


def utf8_blocks(source: Opened, encoding: str | None) -> Iterator[bytes]:
    """The file's blocks; a UTF-16 file in one block, as UTF-8."""
    if encoding is None:
        yield from source.blocks()
    else:
        text = source.whole(MAX_DOCUMENT_BYTES).decode(encoding, "replace")
        yield text.removeprefix("\ufeff").encode("utf-8", "replace")


def as_stood(payloads: list[bytes], encoding: str | None) -> list[bytes]:
    """Payloads cut out of UTF-8 blocks back in the file's own encoding, each with its mark."""
    if encoding is None:
        return payloads
    mark = UTF16_MARKS[encoding]
    return [mark + payload.decode("utf-8").encode(encoding) for payload in payloads]


def whole_lines(blocks: Iterator[bytes]) -> Iterator[tuple[list[bytes], dict[int, str]]]:
    """(lines, reasons) per block: no blank lines, no line ends; a line beyond the limit is cut and 'too_large'."""
    rest, is_oversized = b"", False
    for block in blocks:
        parts = block.split(b"\n")
        parts[0] = rest + parts[0]
        rest = parts.pop()
        reasons = {0: "too_large"} if is_oversized and parts else {}
        is_oversized = is_oversized and not parts
        if len(rest) > MAX_RECORD_BYTES:
            rest, is_oversized = rest[:MAX_RECORD_BYTES], True
        yield _visible(parts, reasons)
    yield _visible([rest], {0: "too_large"} if is_oversized else {})


def _visible(parts: list[bytes], reasons: dict[int, str]) -> tuple[list[bytes], dict[int, str]]:
    lines = [part.rstrip(b"\r") for part in parts if part and not part.isspace()]
    return lines, {0: reasons[0]} if reasons and lines else {}
