"""A page as the sequence of its text blocks, in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_TAGS = 400_000
_SHALLOW_TAGS = 3_000

_HIDDEN = frozenset((
    "script", "style", "noscript", "template", "svg", "iframe", "select", "option", "textarea", "button", "canvas",
    "object", "embed", "map", "audio", "video", "datalist", "dialog", "head", "math",
))  # fmt: skip
_BOUNDARY = frozenset(["nav", "footer", "aside", "menu"])
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "input", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "o:p",
))  # fmt: skip
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
))  # fmt: skip
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)")
_MARGINAL = re.compile(
    r"(?:^|[\s_-])(?:comment|cmt|footer|foot|copyright|related|relate|recommend|recom|sidebar|side|aside|nav|menu|"
    r"crumbs?|breadcrumb|share|bdshare|hot|rank|ranking|login|ad|ads|advert|banner|toolbar|qrcode|popup|modal|"
    r"pagination|pager|links?|friendlink|search|statement|declare|tuijian|xiangguan|more|tags?|keywords?)(?:$|[\s_\d-])",
    re.IGNORECASE,
)
_CENTRAL = re.compile(
    r"article|content|(?:^|[\s_-])(?:text|body|main|post|entry|news|detail|story|trs_?\w*|zoom|artibody|rich_?text)"
    r"(?:$|[\s_\d-])",
    re.IGNORECASE,
)
_BLANK = re.compile(r"[ \t\r\n\f\v\u00a0\u200b\ufeff]+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_PUNCTUATION = re.compile("[，。！？；：、,;!?“”「」]")


@dataclass
class Block:
    """One block: its text, how much of it is links, where it stands."""

    text: str
    chars: int
    link_chars: int
    marks: int
    tag: str
    is_marginal: bool
    is_central: bool
    rise: int
    """Levels the reader must climb from the block before to reach this one."""
    path: tuple[int, ...]
    """The elements it stands in, innermost first, at most four, as numbers of this page."""


def is_too_deep(page: str) -> bool:
    """Whether a page is nested or tagged beyond what a browser's page ever is; parsers need quadratic time for it."""
    tags = page.count("<")
    if tags > MAX_TAGS:
        return True
    if tags <= _SHALLOW_TAGS:
        return False
    depth = 0
    for closing, name, rest in _TAG.findall(page):
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
    is_marginal: bool
    is_central: bool
    depth: int
    path: tuple[int, ...]


class _Reader:
    """Gathers text into blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._links = 0
        self._low = self._depth = 0

    def text(self, text: str, *, in_link: bool) -> None:
        """Text of the block being read."""
        if not self._parts and text.isspace():
            return
        self._parts.append(text)
        if in_link:
            self._links += len(text.strip())

    def flush(self, place: Place) -> None:
        """End the block that stands at `place`."""
        self._low = min(self._low, place.depth)
        if not self._parts:
            return
        text = _BLANK.sub(" ", "".join(self._parts)).strip()
        if text:
            self.blocks.append(self._block(text, place))
            self._depth = self._low = place.depth
        self._parts = []
        self._links = 0

    def _block(self, text: str, place: Place) -> Block:
        return Block(
            text=text,
            chars=len(text),
            link_chars=self._links,
            marks=len(_PUNCTUATION.findall(text)),
            tag=place.tag,
            is_marginal=place.is_marginal,
            is_central=place.is_central,
            rise=self._depth - self._low,
            path=place.path,
        )


def _zone(node: LexborNode, tag: str, outer: Place) -> tuple[bool, bool]:
    """Whether what an element holds is marginal or central, by its own names and those it stands in."""
    if tag in ("html", "body"):
        return False, False
    if tag in _BOUNDARY:
        return True, False
    attributes = node.attributes
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    if tag == "article" or attributes.get("itemprop") == "articleBody":
        return outer.is_marginal, True
    if names != " " and _MARGINAL.search(names):
        return True, False
    return outer.is_marginal, outer.is_central or (names != " " and _CENTRAL.search(names) is not None)


def blocks(tree: LexborHTMLParser) -> list[Block]:
    """The blocks of a parsed page. Text in scripts, fields of forms and hidden elements is no text."""
    reader = _Reader()
    if tree.body is None:
        return []
    # (node, place, in a link); None as node ends the block.
    stack: list[tuple[LexborNode | None, Place, bool]] = [(tree.body, Place("body", False, False, 0, ()), False)]
    count = 0
    while stack:
        node, place, in_link = stack.pop()
        tag = "br" if node is None else node.tag or ""
        if tag == "-text" and node is not None:
            reader.text(node.text_content or "", in_link=in_link)
        elif node is None or tag in ("br", "hr"):
            reader.flush(place)
        elif tag in _INLINE:
            children = list(node.iter(include_text=True))
            stack += [(child, place, in_link or tag == "a") for child in reversed(children)]
        elif tag not in _HIDDEN and tag[:1] not in "-_!" and not _is_hidden(node):
            count += 1
            reader.flush(place)
            inner = Place(tag, *_zone(node, tag, place), place.depth + 1, (count, *place.path[:3]))
            stack.append((None, inner, in_link))
            children = list(node.iter(include_text=True))
            stack += [(child, inner, in_link) for child in reversed(children)]
    return reader.blocks


def _is_hidden(node: LexborNode) -> bool:
    style = node.attributes.get("style")
    return bool(style) and _HIDDEN_STYLE.search(style) is not None
