"""JSON: a line is a record, or an item of an array, or the one object of a file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

import seeds
from flows.readers import lines
from flows.readers.opened import MAX_DOCUMENT_BYTES, MAX_RECORD_BYTES, Cut, Opened
from transforms.decode import charset
from transforms.decode.fields import FieldNames

_BLANK = re.compile(r"[\s,]*")
_SPACE = re.compile(r"\s*")
_COLON = re.compile(r"\s*:\s*")
# What a file of lines does not begin with: an array of objects, an object whose first line is its bracket alone.
_DOCUMENT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*\{|\{[ \t\r]*\n\s*\")")
_RETURN = re.compile(rb"\}\r\s*\{")
_SCANNER = json.JSONDecoder(strict=False, parse_int=str, parse_float=str)
Path = tuple[str, ...]


class Span(NamedTuple):
    """A record within the text of a file."""

    start: int
    end: int
    reason_code: str | None = None


@cache
def _names(own: str | None) -> FieldNames:
    """The field names of a source with this map of its own."""
    return FieldNames(seeds.table("field_names"), own)


def cut_lines(source: Opened) -> Iterator[Cut]:
    """JSON Lines: one record a line. Broken lines are found by who decodes them. Raises RejectedFile('binary_file').

    An array, or objects over many lines, under this name is read as the .json file it is.
    """
    if _DOCUMENT.match(source.head()):
        yield from _document(source)
        return
    encoding = lines.utf16_of(source)
    if encoding is None:
        source.refuse_binary(of_lines=True)
    blocks = lines.utf8_blocks(source, encoding)
    if encoding is None:
        begins = source.head() if source.data is None else source.data
    else:
        begins = next(blocks)
        blocks = iter((begins,))
    if _ends_in_returns(begins):
        blocks = (block.replace(b"\r", b"\n") for block in blocks)
    for payloads, reasons in lines.whole_lines(blocks):
        yield Cut(lines.as_stood(payloads, encoding), reasons)


def _ends_in_returns(text: bytes) -> bool:
    """Whether lines end in a carriage return alone, as old systems wrote them; within a record JSON allows none."""
    return b"\n" not in text and _RETURN.search(text) is not None


def cut(source: Opened) -> Iterator[Cut]:
    """A .json file: items of an array, of the one list of articles an object holds, articles under keys of their own,
    objects one after the other, or the one object. Raises RejectedFile('too_large' | 'binary_file').
    """
    if _looks_like_lines(source.head()):
        yield from cut_lines(source)
    else:
        yield from _document(source)


def _document(source: Opened) -> Iterator[Cut]:
    source.refuse_binary()
    whole = source.whole(MAX_DOCUMENT_BYTES)
    decoded = charset.decode(whole)
    if decoded.reason_code is not None or decoded.encoding.endswith("-lossy"):
        yield Cut([whole[:MAX_RECORD_BYTES]], {0: "undecodable"})
        return
    text = decoded.text
    spans = _spans(text, _names(source.file.fields))
    told = decoded.encoding
    codec = charset.CODECS.get(told, told if told in lines.UTF16_MARKS else "utf-8")
    mark = lines.UTF16_MARKS.get(decoded.encoding, b"")
    payloads = [mark + text[span.start : span.end].encode(codec) for span in spans]
    yield Cut(payloads, {at: span.reason_code for at, span in enumerate(spans) if span.reason_code is not None})


def _looks_like_lines(head: bytes) -> bool:
    """Whether the first line is an object of its own and the next one begins another: JSON Lines under another name."""
    first, _, following = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    if not first.startswith(b"{") or not following.lstrip().startswith(b"{"):
        return False
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return False
    return True


def _spans(text: str, names: FieldNames) -> list[Span]:
    start = _after(_SPACE, text, 0)
    if text.startswith("[", start):
        return _items(text, start + 1)
    if not text.startswith("{", start):
        return [_rest(text, start, "malformed_json")] if start < len(text) else []
    try:
        record, end = _SCANNER.raw_decode(text, start)
    except (ValueError, RecursionError) as error:
        return [_rest(text, start, _reason(error))]
    if _after(_SPACE, text, end) < len(text):
        return _items(text, start)
    path = _place_of_records(record, names)
    if path is None:
        return [Span(start, end)]
    return _items(text, _inside(text, start, path))


def _reason(error: Exception) -> str:
    return "too_deep" if isinstance(error, RecursionError) else "malformed_json"


def _after(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position


def _rest(text: str, start: int, reason_code: str) -> Span:
    """What follows something unreadable: one record, for nothing in it can be told apart."""
    return Span(start, min(len(text.rstrip()), start + MAX_RECORD_BYTES // 4), reason_code)


def _items(text: str, position: int) -> list[Span]:
    """The values from here to the closing bracket or the end of the text, without the keys they may stand under; those
    before a break survive it.
    """
    spans: list[Span] = []
    while True:
        position = _after(_BLANK, text, position)
        if position >= len(text) or text[position] in "]}":
            return spans
        try:
            _, end = _SCANNER.raw_decode(text, position)
            if (colon := _COLON.match(text, end)) is not None:
                position = colon.end()
                _, end = _SCANNER.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            return [*spans, _rest(text, position, _reason(error))]
        spans.append(Span(position, end, None if text[position] == "{" else "malformed_json"))
        position = end


def _place_of_records(record: dict[str, Any], names: FieldNames) -> Path | None:
    """Where an object that is no article itself holds its articles, at most one object deeper: under keys of theirs, or
    in its one list. What an article holds is its own: pictures, comments, what is related.
    """
    if names.states_body(record):
        return None
    outer: list[tuple[Path, Any]] = [((key,), value) for key, value in record.items()]
    inner: list[tuple[Path, Any]] = [
        ((key, name), item)
        for key, value in record.items()
        if isinstance(value, dict) and not names.states_body(value)
        for name, item in value.items()
    ]
    # Beside an article, what has no more than titles is no list of articles.
    states = names.states_text if any(names.states_body(value) for _, value in outer + inner) else names.states_article
    for level in ([((), record)], outer, inner):
        places = [path for path, value in level if _holds_records(value, names, states)]
        if places:
            return places[0] if len(places) == 1 else None
    return None


def _holds_records(value: Any, names: FieldNames, states: Callable[[object], bool]) -> bool:
    """Whether a value is a list of objects of which any is an article, or an object of objects of which several are."""
    if not isinstance(value, list | dict):
        return False
    items = value if isinstance(value, list) else [*value.values()]
    if not all(isinstance(item, dict) for item in items):
        return False
    if isinstance(value, list):
        return any(map(states, items))
    bodies = sum(map(names.states_body, items))
    return bodies > 1 or (not bodies and len(items) > 1 and all(map(names.states_text, items)))


def _inside(text: str, start: int, path: Path) -> int:
    """The position behind the opening bracket of the list at `path` in the object that starts at `start`."""
    position = start + 1
    for key in path:
        while True:
            position = _after(_BLANK, text, position)
            name, position = _SCANNER.raw_decode(text, position)
            position = _after(_SPACE, text, text.index(":", position) + 1)
            # A repeated key counts with its last value; the rare file that repeats this one is read from the first.
            if name == key and text[position] in "[{":
                position += 1
                break
            position = _SCANNER.raw_decode(text, position)[1]
    return position
