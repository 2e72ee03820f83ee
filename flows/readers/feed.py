"""RSS, Atom and sitemaps: an item is a record, written as a JSON object of what it states."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.parsers import expat

from flows.readers import packed
from flows.readers.codings import GZIP
from flows.readers.discovery import InputFile
from flows.readers.opened import MAX_RECORD_BYTES, Cut, Opened, RejectedFile, opened, regular
from transforms.decode import charset

MAX_FEED_BYTES = 64 << 20
MAX_DEPTH = 100
# Element -> the field it states; prefixes are matched as written, feeds often forget to declare them.
FIELDS = {
    "title": "title", "news:title": "title", "media:title": "headline",
    "link": "link", "loc": "link", "guid": "guid", "id": "id",
    "content:encoded": "content", "content": "content", "description": "description", "summary": "description",
    "pubdate": "pubdate", "published": "published", "dc:date": "date", "updated": "date_published",
    "news:publication_date": "published", "lastmod": "date",
    "author": "author", "dc:creator": "author", "source": "source", "news:name": "source", "dc:publisher": "source",
    "category": "category", "dc:subject": "category",
}  # fmt: skip
# Element -> the element it must stand in, if only there it is an item.
ITEMS = {"item": None, "entry": None, "url": "urlset"}
# A feed's own address, as its link states it, stands directly in one of these.
CHANNELS = frozenset(("channel", "feed"))
SITE = "site"
# Inside these another element's name or label counts, not markup.
_NAMED = frozenset(("author", "source"))
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_INDEX = re.compile(r"<(?:\w+:)?sitemapindex[\s>]")
_LOCATION = re.compile(r"<(?:\w+:)?loc>([^<]{1,2000})<")
_DOCUMENT_TYPE = re.compile(r"<!DOCTYPE\s[^\[>]*>", re.IGNORECASE)
_NAMED_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30});")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# What is left as it stands, characters by number, and an ampersand that begins nothing: `?page=1&part=2`.
_LITERAL, _NUMBERED = r"<!\[CDATA\[(?s:.*?)(?:\]\]>|\Z)", r"&#(?:[0-9]{1,7}|x[0-9A-Fa-f]{1,6});"
_AMPERSAND = re.compile(rf"{_LITERAL}|{_NUMBERED}|&(?![A-Za-z][A-Za-z0-9]{{1,30}};)")


class TooDeep(Exception):
    """Markup nested beyond what any feed is."""


class _Items:
    """Gathers the items of a feed while it is parsed."""

    def __init__(self) -> None:
        self.done: list[dict[str, Any]] = []
        self._item: dict[str, Any] | None = None
        self._item_depth = 0
        self._open: list[str] = []
        self._field: str | None = None
        self._field_depth = 0
        self._text: list[str] = []
        self._bases = [""]
        self._is_permalink, self._permalink = False, ""
        self.site = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = name.lower().removeprefix("atom:")
        self._open.append(name)
        self._bases.append(joined(self._bases[-1], attributes.get("xml:base", "")))
        if len(self._open) > MAX_DEPTH:
            raise TooDeep
        if self._item is None and name in ITEMS and ITEMS[name] in (None, *self._open[-2:-1]):
            self._item, self._item_depth, self._permalink = {}, len(self._open), ""
        elif self._item is None:
            if name == "link" and not CHANNELS.isdisjoint(self._open[-2:-1]):
                self._begin(SITE, name, attributes)
        elif self._field is not None:
            if self._open[self._field_depth - 1] not in _NAMED:
                self._text.append(f"<{name.rpartition(':')[2]}>")
        elif name in FIELDS:
            self._begin(FIELDS[name], name, attributes)

    def _begin(self, field: str, name: str, attributes: dict[str, str]) -> None:
        self._field, self._field_depth, self._text = field, len(self._open), []
        if name == "link" and attributes.get("rel", "alternate") == "alternate":
            self._text.append(attributes.get("href", ""))
        elif name == "category":
            self._text.append(attributes.get("label") or attributes.get("term", ""))
        elif name == "guid":
            self._is_permalink = attributes.get("isPermaLink", "true") == "true"

    def end(self, name: str) -> None:
        """An element ends."""
        name = name.lower().removeprefix("atom:")
        if self._field is not None:
            if len(self._open) == self._field_depth:
                self._state(self._field, "".join(self._text).strip())
                self._field = None
            elif self._open[self._field_depth - 1] not in _NAMED:
                self._text.append(f"</{name.rpartition(':')[2]}>")
        if self._item is not None and len(self._open) == self._item_depth:
            if self._permalink:
                self._item.setdefault("link", self._permalink)
            self.done.append(self._item)
            self._item = None
        self._open.pop()
        self._bases.pop()

    def characters(self, text: str) -> None:
        """Text of the element begun last; of an author or a source only the name counts, not its address."""
        if self._field is None:
            return
        outer = self._open[self._field_depth - 1]
        if outer not in _NAMED or self._open[-1] in (outer, "name", "title"):
            self._text.append(text)

    def _state(self, field: str, text: str) -> None:
        if not text:
            return
        if field in ("link", SITE):
            text = joined(self._bases[-1], text)
        if self._item is None:
            self.site = self.site or text
        elif field == "category" and field in self._item:
            self._item[field] += "、" + text
        else:
            self._item.setdefault(field, text)
            if field == "guid" and self._is_permalink and "://" in text:
                self._permalink = text


def cut(source: Opened) -> Iterator[Cut]:
    """One UTF-8 JSON object an item; what follows a break is one record, 'malformed_xml'.

    Raises RejectedFile('too_large' | 'binary_file' | 'malformed_file' | 'unknown_format').
    """
    source.refuse_binary()
    whole = source.whole(MAX_FEED_BYTES)
    decoded = charset.decode(whole, charset.declared(whole))
    if decoded.reason_code is not None:
        yield Cut([whole[:MAX_RECORD_BYTES]], {0: "undecodable"})
        return
    items, broken_at = _parsed(_harmless(decoded.text), source.file.address or "")
    payloads = [json.dumps(item, ensure_ascii=False).encode("utf-8", "replace") for item in items]
    reasons = {at: "too_large" for at, payload in enumerate(payloads) if len(payload) > MAX_RECORD_BYTES}
    if broken_at is not None:
        reasons[len(payloads)] = "malformed_xml"
        payloads.append(broken_at)
    if not payloads:
        raise RejectedFile("unknown_format", "XML, but no feed")
    yield Cut([payload[:MAX_RECORD_BYTES] for payload in payloads], reasons)


def cut_nothing(source: Opened) -> Iterator[Cut]:
    """No record: the feed only names pages, which are files of their own."""
    yield from ()


def addresses(path: Path) -> tuple[list[str], list[str]]:
    """(pages, sitemaps) a feed or sitemap names, in its order. Raises RejectedFile."""
    try:
        with regular(path) as file:
            # As large sitemaps come, whatever they are called.
            is_packed = file.read(len(GZIP)) == GZIP
    except OSError as error:
        raise RejectedFile("unreadable_file", error.strerror or type(error).__name__) from error
    with opened(InputFile(path, f"{path.name}.xml{'.gz' * is_packed}"), MAX_FEED_BYTES) as source:
        content = next(packed.contents(source))
        if isinstance(content, RejectedFile):
            raise content
        decoded = charset.decode(whole := content.whole(MAX_FEED_BYTES), charset.declared(whole))
    text = _harmless(decoded.text)
    if decoded.reason_code is not None or not text.strip():
        raise RejectedFile("malformed_file", "neither a feed nor a sitemap")
    if _INDEX.search(text):
        return [], [html.unescape(address.strip()) for address in _LOCATION.findall(text)]
    return [str(item["link"]) for item in _parsed(text)[0] if "link" in item], []


def _harmless(text: str) -> str:
    """The text without its declarations; entities that XML itself does not know are resolved as in HTML, and a bare
    ampersand is one.

    Raises RejectedFile('malformed_file') for a feed that brings entities of its own.
    """
    text = _DOCUMENT_TYPE.sub("", _DECLARATION.sub("", text), count=1)
    if "<!DOCTYPE" in text[:65536].upper() or "<!ENTITY" in text.upper():
        raise RejectedFile("malformed_file", "a feed that declares entities of its own is not read")
    return _FORBIDDEN.sub("", _AMPERSAND.sub(_written_out, _NAMED_ENTITY.sub(_resolved, text)))


def _resolved(entity: re.Match[str]) -> str:
    text = html.unescape(entity[0])
    return text if text != entity[0] else f"&amp;{entity[1]};"


def _written_out(found: re.Match[str]) -> str:
    """An ampersand as XML wants it; a character by number, if XML has it."""
    text = found[0]
    if text == "&":
        return "&amp;"
    if text.startswith("&#"):
        letter = int(text[3:-1], 16) if text[2] == "x" else int(text[2:-1])
        is_told = (
            letter in (9, 10, 13) or 32 <= letter < 0xD800 or 0xE000 <= letter < 0xFFFE or 0x10000 <= letter < 0x110000
        )
        return text if is_told else ""
    return text


def _parsed(text: str, address: str = "") -> tuple[list[dict[str, Any]], bytes | None]:
    """(items, what follows the place where the markup breaks). Links count from the feed's own, and that from `address`,
    where the feed came from.
    """
    items, data = _Items(), text.lstrip().encode("utf-8", "replace")
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = items.start
    parser.EndElementHandler = items.end
    parser.CharacterDataHandler = items.characters
    broken_at = None
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, TooDeep):
        broken_at = data[parser.CurrentByteIndex :][:MAX_RECORD_BYTES] or b"<"
    base = joined(address, items.site)
    for item in items.done:
        if "link" in item:
            item["link"] = joined(base, item["link"])
    return items.done, broken_at


def joined(base: str, link: str) -> str:
    """The address a file at `base` means by a link; what is none stands as it is."""
    try:
        return link if "://" in link else urljoin(base, link.strip())
    except ValueError:
        return link
