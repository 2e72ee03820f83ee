"""CSV and TSV: a row is a record, its header goes with it; a quoted line break does not end a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from flows.readers import lines
from flows.readers.opened import MAX_RECORD_BYTES, Cut, Opened
from transforms.decode.structured import delimiter

_SEPARATOR_TOLD = re.compile(rb"(?:\xef\xbb\xbf)?sep=.")
_SEPARATOR_LINE = re.compile(rb"\A(?:\xef\xbb\xbf)?sep=.\r?\n")
_OPEN_QUOTE = re.compile(rb'"[^"]*+(?:""[^"]*+)*+\Z')


class Grammar(NamedTuple):
    """How a row and a field of it look, for one delimiter. Nothing backtracks: time is linear in the row."""

    row: re.Pattern[bytes]
    field: re.Pattern[bytes]


class Row(NamedTuple):
    """A row and where the next one begins; `is_whole` is False for one that is no row of the grammar."""

    payload: bytes
    end: int
    columns: int
    is_whole: bool


@cache
def _grammar(mark: bytes) -> Grammar:
    d = re.escape(mark)
    field = rb'(?:"[^"]*+(?:""[^"]*+)*+"|(?!")[^' + d + rb"\r\n]*+)"
    row = rb"(" + field + rb"(?:" + d + field + rb")*+)(?:\r\n|\n|\r|\Z)"
    return Grammar(re.compile(row), re.compile(field + rb"(?:" + d + rb"|\Z)"))


def cut(source: Opened) -> Iterator[Cut]:
    """Rows as header + line break + row; 'malformed_row' for a wrong number of columns or a quote that never closes.

    Raises RejectedFile('binary_file').
    """
    encoding = lines.utf16_of(source)
    if encoding is None:
        source.refuse_binary(of_lines=True)
    header: Row | None = None
    buffer = b""
    for block, is_last in _with_last(lines.utf8_blocks(source, encoding)):
        buffer += block
        rows, position, header = _rows(buffer, header, is_last)
        buffer = buffer[position:]
        if header is not None:
            reasons = {at: reason for at, row in enumerate(rows) if (reason := _reason(row, header))}
            payloads = [header.payload + b"\n" + row.payload[:MAX_RECORD_BYTES] for row in rows]
            yield Cut(lines.as_stood(payloads, encoding), reasons)


def _with_last(blocks: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Blocks, then an empty one marked as the end."""
    for block in blocks:
        yield block, False
    yield b"", True


def _reason(row: Row, header: Row) -> str | None:
    if len(row.payload) > MAX_RECORD_BYTES:
        return "too_large"
    return None if row.is_whole and row.columns == header.columns else "malformed_row"


def _rows(buffer: bytes, header: Row | None, is_last: bool) -> tuple[list[Row], int, Row | None]:
    """(rows, position of the first byte not used, header): the header is read off the first row there is."""
    rows: list[Row] = []
    position = 0
    mark = _mark(header.payload if header is not None else buffer)
    while position < len(buffer):
        row = _row(buffer, position, mark, is_last, header.columns if header is not None else None)
        if row is None:
            break
        position = row.end
        if not row.payload or row.payload.isspace():
            continue
        if header is None:
            # The line by which Excel tells itself what separates the cells.
            header = None if _SEPARATOR_TOLD.fullmatch(row.payload) else row
        else:
            rows.append(row)
    return rows, position, header


def _mark(text: bytes) -> bytes:
    first = _SEPARATOR_LINE.sub(b"", text, count=1).lstrip(b"\r\n").partition(b"\n")[0]
    return delimiter(first.decode("latin-1")).encode()


def _row(buffer: bytes, position: int, mark: bytes, is_last: bool, columns: int | None) -> Row | None:
    """The row at `position`; None if it may go on in the next block.

    A row that spans lines and is narrower than the header began with a quote too many, which hides cells of the rows it
    takes in: only its first line is lost. One that is wider than the header is one row, for its lines are no rows.
    """
    grammar = _grammar(mark)
    start = position + 3 if position == 0 and buffer.startswith(b"\xef\xbb\xbf") else position
    found = grammar.row.match(buffer, start)
    may_grow = not is_last and len(buffer) - position <= MAX_RECORD_BYTES
    if found is not None and not (found.end() == len(buffer) and may_grow):
        row = Row(buffer[position : found.end(1)], found.end(), _width(found[1], mark), is_whole=True)
        if columns is None or row.columns >= columns or b"\n" not in row.payload:
            return row
    elif may_grow and (found is not None or _is_open(buffer, start, grammar)):
        return None
    end = buffer.find(b"\n", position)
    if end < 0:
        return None if may_grow else Row(buffer[position:], len(buffer), 0, is_whole=False)
    return Row(buffer[position:end].rstrip(b"\r"), end + 1, 0, is_whole=False)


def _is_open(buffer: bytes, start: int, grammar: Grammar) -> bool:
    """Whether a row fails only because a quote opened in it has not closed yet, so that more bytes may mend it."""
    position = start
    while (found := grammar.field.match(buffer, position)) is not None and found.end() > position:
        position = found.end()
    return position == len(buffer) or _OPEN_QUOTE.match(buffer, position) is not None


def _width(row: bytes, mark: bytes) -> int:
    """The number of fields of a row that follows the grammar."""
    if b'"' not in row:
        return row.count(mark) + 1
    grammar = _grammar(mark)
    width, position = 0, 0
    while position < len(row):
        found = grammar.field.match(row, position)
        if found is None or found.end() == position:
            break
        width, position = width + 1, found.end()
    return width + row.endswith(mark)
