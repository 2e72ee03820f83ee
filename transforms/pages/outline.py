"""A page as the sequence of its text blocks, in reading order."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.pages.zones import Zone, within

MAX_TAGS = 400_000
_SHALLOW_TAGS = 10_000
PATH_LENGTH = 6
MIN_WRAPPED = 100  # characters: less prose than this may be all in a footer

_HIDDEN = frozenset((
    "script", "style", "noscript", "template", "svg", "iframe", "select", "option", "textarea", "button", "canvas",
    "object", "embed", "map", "audio", "video", "datalist", "dialog", "head", "math",
))  # fmt: skip
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "input", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "o:p",
))  # fmt: skip
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
))  # fmt: skip
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)")
_BLANK = re.compile(r"[ \t\r\n\f\v\u00a0\u200b\ufeff]+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_PUNCTUATION = re.compile("[，。！？；：、,;!?“”「」]")


@dataclass(eq=False, slots=True)
class Block:
    """One block: its text, how much of it is links, where it stands."""

    text: str
    chars: int
    link_chars: int
    marks: int
    tag: str
    zone: Zone
    rise: int
    """Levels the reader must climb from the block before to reach this one."""
    path: tuple[int, ...]
    """The elements it stands in, innermost first, at most `PATH_LENGTH`, as numbers of this page."""
    called: Sequence[str]
    """What each element of the page is called, by its number: class, else id, else nothing."""


def is_too_deep(page: str) -> bool:
    """Whether a page is nested or tagged beyond what a browser's page ever is; parsers need quadratic time for it."""
    tags = page.count("<")
    if tags <= _SHALLOW_TAGS or tags > MAX_TAGS:
        return tags > MAX_TAGS
    if tags - page.count("</") <= _SHALLOW_TAGS:
        return False
    depth = 0
    for found in _TAG.finditer(page):
        closing, name, rest = found.groups()
        if closing:
            depth = max(0, depth - 1)
        elif not rest.endswith("/") and name.lower() not in _VOID and name.lower() not in ("p", "li"):
            depth += 1
            if depth > _SHALLOW_TAGS:
                return True
    return False


class Place(NamedTuple):
    """Where in the tree the reader is."""

    tag: str
    zone: Zone
    depth: int
    path: tuple[int, ...]


class _Reader:
    """Gathers text into blocks; `by_line`: every line of the source is one, as on pages of terminals."""

    def __init__(self, *, by_line: bool = False) -> None:
        self.blocks: list[Block] = []
        self.parts: list[str] = []
        self.called = [""]
        self.prose = 0
        self._by_line = by_line
        self._links = 0
        self._low = self._depth = 0

    def text(self, text: str, *, in_link: bool) -> None:
        """Text of the block being read."""
        self.parts.append(text)
        if in_link:
            self._links += len(text.strip())

    def flush(self, place: Place) -> None:
        """End the block that stands at `place`, if one was begun."""
        text = "".join(self.parts)
        if self._by_line and "\n" in text:
            self._links = 0
            for line in text.split("\n"):
                self._add(line, place)
        else:
            self._add(text, place)
        self.parts.clear()
        self._links = 0

    def _add(self, text: str, place: Place) -> None:
        text = _BLANK.sub(" ", text).strip()
        if not text:
            return
        tag, zone, depth, path = place
        chars, links, marks = len(text), self._links, len(_PUNCTUATION.findall(text))
        self.blocks.append(Block(text, chars, links, marks, tag, zone, self._depth - self._low, path, self.called))
        self._depth = self._low = depth
        if marks:
            self.prose += chars - links

    def climb(self, depth: int) -> None:
        """The reader is back at this depth."""
        if depth < self._low:
            self._low = depth


def blocks(tree: LexborHTMLParser, *, by_line: bool = False) -> list[Block]:
    """The blocks of a parsed page. Text in scripts, fields of forms and hidden elements is no text.

    An element that holds most of the page's prose is part of it whatever it is called. What is said only to readers
    without scripts is read where nothing else is said.
    """
    found, wrappers = _read(tree, frozenset(), by_line=by_line)
    if wrappers:
        found, _ = _read(tree, wrappers, by_line=by_line)
    if not any(block.marks for block in found) and tree.css_first("noscript") is not None:
        return _read(tree, frozenset(), by_line=by_line, hidden=_HIDDEN - {"noscript"})[0]
    return found


def _read(
    tree: LexborHTMLParser, wrappers: Container[int], *, by_line: bool, hidden: frozenset[str] = _HIDDEN
) -> tuple[list[Block], frozenset[int]]:
    """The blocks, and the elements called marginal that hold more than half of all prose.

    The names of `wrappers`, elements by number, say nothing.
    """
    reader, place, in_link, count = _Reader(by_line=by_line), Place("body", Zone(), 0, ()), False, 0
    parts, called = reader.parts, reader.called
    # The elements being read, each with the place outside it and whether that is in a link.
    around: list[tuple[LexborNode, Place, bool]] = []
    margins: list[tuple[int, int]] = []
    held: list[tuple[int, int]] = []
    node = tree.body.first_child if tree.body is not None else None
    while node is not None or around:
        if node is None:
            element, outer, was_in_link = around.pop()
            if outer is not place:
                if parts:
                    reader.flush(place)
                reader.climb(outer.depth)
                if margins and margins[-1][0] == place.path[0]:
                    number, before = margins.pop()
                    held.append((number, reader.prose - before))
            place, in_link, node = outer, was_in_link, element.next
            continue
        tag = node.tag or ""
        inner = None
        if tag == "-text":
            text = node.text_content
            if text and (parts or not text.isspace()):
                reader.text(text, in_link=in_link)
        elif tag in ("br", "hr"):
            if parts:
                reader.flush(place)
        elif tag in _INLINE and not (tag == "cite" and _is_quoting(node)):
            inner = node.first_child
            if inner is not None:
                around.append((node, place, in_link))
                in_link = in_link or tag == "a"
        elif tag not in hidden and tag[:1] not in "-_!":
            attributes = node.attributes
            zone = _zone(tag, place.zone, attributes)
            if zone is not None:
                count += 1
                if parts:
                    reader.flush(place)
                around.append((node, place, in_link))
                if zone.is_marginal and zone is not place.zone:
                    if count in wrappers:
                        zone = place.zone
                    else:
                        margins.append((count, reader.prose))
                place = Place(tag, zone, place.depth + 1, (count, *place.path[: PATH_LENGTH - 1]))
                called.append(attributes.get("class") or attributes.get("id") or "")
                node = node.first_child
                continue
        node = node.next if inner is None else inner
    reader.flush(place)
    return reader.blocks, frozenset(
        number for number, prose in held if prose >= MIN_WRAPPED and 2 * prose > reader.prose
    )


def _is_quoting(cite: LexborNode) -> bool:
    """Whether a `cite` says whom the quotation it stands in is from."""
    parent = cite.parent
    around = parent.parent if parent is not None else None
    return "blockquote" in (parent and parent.tag, around and around.tag)


def _zone(tag: str, outer: Zone, attributes: Mapping[str, str | None]) -> Zone | None:
    """The zone of an element; None for a hidden one."""
    if not attributes:
        return within(outer, tag, " ", tag == "article")
    style = attributes.get("style")
    if style and _HIDDEN_STYLE.search(style):
        return None
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return within(outer, tag, names, tag == "article" or attributes.get("itemprop") == "articleBody")
