"""A page as the sequence of its text blocks, in reading order."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.pages.wording import Words, letters, told_line
from transforms.pages.zones import Zone, within

MAX_TAGS = 400_000
_SHALLOW_TAGS = 10_000
PATH_LENGTH = 6
MAX_AROUND = 40
MAX_NAME = 60
PART = ">"  # in what an element without a name is called: after it, its tag
TITLE_TAGS = frozenset(("h1", "h2"))
MIN_HEADLINE = 6
CAPTION_CHARACTERS = 80
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
_PARAGRAPHS, _SMALL = frozenset(("p", "div", "section")), frozenset(("small", "em", "i"))
# Called after what they stand in where they have no name.
_NAMED_AFTER = frozenset(("div", "td", "th", "li", "dd", "blockquote", "article", "section"))
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
))  # fmt: skip
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)")
_BLANK = re.compile(r"[ \t\r\n\f\v\u00a0\u200b\ufeff]+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_FAINT = re.compile(
    r"(?<![-\w])color\s*:\s*(?:gr[ae]y|#([5-9a-b])\1\1(?:\1{3})?\b|rgb\(\s*1\d\d)|font-size\s*:\s*1[0-4](?:\.\d+)?px",
    re.IGNORECASE,
)
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
    """What each element is called, by its number: class, else id, else as a part of another, else nothing."""


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
    """Walks a page and gathers its text into blocks.

    `by_line`: every line of the source is a block, as on pages of terminals; `hidden`: elements whose text is none;
    the names of `wrappers`, elements by number, say nothing; `title`: the letters of what the page calls itself.
    """

    def __init__(
        self, words: Words, title: str, hidden: frozenset[str], wrappers: Container[int], *, by_line: bool
    ) -> None:
        self.blocks: list[Block] = []
        self._called = [""]
        self._words = words
        self._hidden, self._wrappers, self._by_line = hidden, wrappers, by_line
        self._place, self._in_link = Place("body", Zone(), 0, ()), False
        # The elements being read, each with the place outside it and whether that is in a link.
        self._around: list[tuple[LexborNode, Place, bool]] = []
        self._parts: list[str] = []
        self._links = 0
        self._low = self._depth = 0
        self._is_below_picture = False
        self._prose = 0
        self._title = title
        self._headed: set[int] = set()
        # Elements called marginal: being read, with the prose before them; read, with the prose they hold.
        self._margins: list[tuple[int, int]] = []
        self._held: list[tuple[int, int]] = []

    def read(self, body: LexborNode) -> _Reader:
        """Itself, with all blocks of the page."""
        around, parts, hidden = self._around, self._parts, self._hidden
        node = body.first_child
        while node is not None or around:
            if node is None:
                node = self._leave()
                continue
            tag, inner = node.tag or "", None
            if tag == "-text":
                text = node.text_content
                if text and (parts or not text.isspace()):
                    parts.append(text)
                    if self._in_link:
                        self._links += len(text.strip())
            elif tag in _INLINE and not (tag == "cite" and _is_quoting(node)):
                inner = node.first_child
                if tag == "img":
                    self._is_below_picture = not parts
                elif inner is not None:
                    around.append((node, self._place, self._in_link))
                    self._in_link = self._in_link or tag == "a"
            elif tag not in hidden and tag[:1] not in "-_!":
                inner = self._enter(node, tag)
            node = node.next if inner is None else inner
        self._flush()
        return self

    def wrapping(self) -> set[int]:
        """The elements called marginal that hold the headline, or more than half of all prose."""
        most = (number for number, prose in self._held if prose >= MIN_WRAPPED and 2 * prose > self._prose)
        return self._headed.union(most)

    def _enter(self, node: LexborNode, tag: str) -> LexborNode | None:
        """Begin an element that is a block of its own; its first child, None where it is hidden or empty."""
        first, outer = node.first_child, self._place
        if first is None:
            if self._parts:
                self._flush()
            return None
        attributes = node.attributes
        zone = _zone(self._words, tag, outer.zone, attributes)
        if zone is None:
            return None
        if self._parts:
            self._flush()
        number = len(self._called)
        name = attributes.get("class") or attributes.get("id") or self._nameless(tag)
        self._called.append(f"{name} {tag}" if tag == "blockquote" else name)
        if zone.is_marginal and zone is not outer.zone:
            if number in self._wrappers:
                zone = outer.zone
            else:
                self._margins.append((number, self._prose))
        self._around.append((node, outer, self._in_link))
        if self._is_below_picture and _is_set_as_caption(tag, attributes, first):
            zone = zone._replace(is_caption=True)
        self._place = Place(tag, zone, outer.depth + 1, (number, *outer.path[: PATH_LENGTH - 1]))
        return first

    def _nameless(self, tag: str) -> str:
        """What an element without a name is called: a part of another after that one, anything else nothing."""
        if tag not in _NAMED_AFTER:
            return ""
        around = next((name for at in self._place.path if (name := self._called[at])), "")
        return f"{around[-MAX_NAME:]}{PART}{tag}"

    def _leave(self) -> LexborNode | None:
        """End the innermost element being read; what stands behind it."""
        element, outer, self._in_link = self._around.pop()
        if outer is not self._place:
            if self._parts:
                self._flush()
            self._low = min(self._low, outer.depth)
            if self._margins and self._margins[-1][0] == self._place.path[0]:
                number, before = self._margins.pop()
                self._held.append((number, self._prose - before))
            self._place = outer
        return element.next

    def _flush(self) -> None:
        """End the block being read."""
        text = "".join(self._parts)
        if self._by_line and "\n" in text:
            self._links = 0
            for line in text.split("\n"):
                self._add(line)
        else:
            self._add(text)
        self._parts.clear()
        self._links = 0

    def _add(self, text: str) -> None:
        text = text.strip()
        if not text.isprintable() or "  " in text:
            text = _BLANK.sub(" ", text).strip()
        if not text:
            return
        self._is_below_picture = False
        tag, zone, depth, path = self._place
        chars, links, marks = len(text), self._links, len(_PUNCTUATION.findall(text))
        self.blocks.append(Block(text, chars, links, marks, tag, zone, self._depth - self._low, path, self._called))
        self._depth = self._low = depth
        if marks:
            self._prose += chars - links
        if self._margins and tag in TITLE_TAGS and not links and self._is_headline(text):
            self._headed.update(number for number, _ in self._margins)

    def _is_headline(self, text: str) -> bool:
        """Whether a heading is most of what the page calls itself."""
        own = letters(text)
        return len(own) >= MIN_HEADLINE and own in self._title and 2 * len(own) >= len(self._title)


def blocks(words: Words, tree: LexborHTMLParser, *, by_line: bool = False) -> list[Block]:
    """The blocks of a parsed page. Text in scripts, fields of forms and hidden elements is no text.

    An element that holds the headline or most of the page's prose is part of it whatever it is called. What is said only
    to readers without scripts is read where nothing else is said.
    """
    if tree.body is None:
        return []
    body, title = tree.body, letters(page_title(tree))
    reader = _Reader(words, title, _HIDDEN, (), by_line=by_line).read(body)
    if wrappers := reader.wrapping():
        reader = _Reader(words, title, _HIDDEN, wrappers, by_line=by_line).read(body)
    if not any(block.marks for block in reader.blocks) and tree.css_first("noscript") is not None:
        reader = _Reader(words, title, _HIDDEN - {"noscript"}, (), by_line=by_line).read(body)
    return reader.blocks


def page_title(tree: LexborHTMLParser) -> str:
    """What the page calls itself, the names of site and channel included; empty where it does not."""
    node = (tree.head or tree).css_first("title")
    return told_line(node.text() if node else "")


def zone_of(words: Words, node: LexborNode) -> Zone:
    """The zone an element stands in, by its own name and those of the `MAX_AROUND` elements around it."""
    chain = [node]
    while len(chain) < MAX_AROUND and (parent := chain[-1].parent) is not None:
        chain.append(parent)
    zone = Zone()
    for element in reversed(chain):
        zone = _zone(words, element.tag or "", zone, element.attributes) or zone
    return zone


def _is_quoting(cite: LexborNode) -> bool:
    """Whether a `cite` says whom the quotation it stands in is from."""
    parent = cite.parent
    around = parent.parent if parent is not None else None
    return "blockquote" in (parent and parent.tag, around and around.tag)


def _is_set_as_caption(tag: str, attributes: Mapping[str, str | None], first: LexborNode) -> bool:
    """Whether a paragraph below a picture is short, and set in the middle and fainter or smaller than text."""
    style = attributes.get("style") or ""
    if tag not in _PARAGRAPHS or not (attributes.get("align") == "center" or _CENTRED.search(style)):
        return False
    is_faint = _FAINT.search(style + " " + (first.attributes.get("style") or "")) is not None
    return (is_faint or first.tag in _SMALL) and len(first.parent.text() if first.parent else "") <= CAPTION_CHARACTERS


def _zone(words: Words, tag: str, outer: Zone, attributes: Mapping[str, str | None]) -> Zone | None:
    """The zone of an element; None for a hidden one."""
    if not attributes:
        return within(words, outer, tag, " ", tag == "article")
    style = attributes.get("style")
    if style and _HIDDEN_STYLE.search(style):
        return None
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return within(words, outer, tag, names, tag == "article" or attributes.get("itemprop") == "articleBody")
