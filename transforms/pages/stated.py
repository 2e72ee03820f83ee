"""What a page states about its article: title, date, author, outlet, section, address."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from transforms.hanzi import HAN
from transforms.pages.attributed import attributed
from transforms.pages.calendars import in_order
from transforms.pages.headline import headline, is_outlet
from transforms.pages.moment import DATE, is_dated, published, tells_when
from transforms.pages.outline import Block
from transforms.pages.publisher import DATELINE_CHARACTERS, first_name, name_of, names_outlet, outlet
from transforms.pages.wording import HEADINGS, SENTENCE_ENDS, WEEKDAY, Words, one_line

NEAR_BLOCKS = 14  # before the article: where a page prints date and outlet
NEAR_AFTER = 3
CLOSING_BLOCKS, BEHIND_BLOCKS = 3, 12  # at its end and after it: where some print them instead
LINE_CHARACTERS = 200  # a longer block is no such line

_AUTHOR = r"(?:<author>|<reporter>)\s*[:：]\s*([^\s|｜,，;；()（）\[\]【】>:：]{2,20})"
_EDITED_BY = r"<editor_label>\s*[:：]\s*$"
_CRUMB = re.compile(r"\s*(?:>>|>|›|»|＞|→)\s*")
_NOT_A_SECTION = "^<no_section>[:：]?$"
# A line that is but a day and a clock, and a name before it: the year stands elsewhere.
_YEARLESS = re.compile(
    rf"[{HAN}]{{0,10}}\s?[01]\d-[0-3]\d [0-2]\d:[0-5]\d.{{0,16}}|[01]?\d月[0-3]?\d日[\s,，]*(?:[(（]?{WEEKDAY}[)）]?)?"
    rf"[\s,，]*(?:[0-2]?\d:[0-5]\d(?::[0-5]\d)?\s?(?:[AaPp][Mm])?)?"
)


class Named(NamedTuple):
    """What is told of an article elsewhere: its subject in a line above it, its fields as meta elements state them."""

    subject: str | None
    fields: Mapping[str, str]


class Metadata(NamedTuple):
    """What a page states, None where it does not; `published` as it is written there."""

    title: str | None
    published: str | None
    author: str | None
    outlet: str | None
    section: str | None
    url: str | None


def metadata(
    words: Words,
    tree: LexborHTMLParser,
    page: str,
    blocks: Sequence[Block],
    first: int,
    end: int,
    named: Named,
    *,
    is_posted: bool,
) -> Metadata:
    """The metadata of a parsed page whose article is the blocks from `first` to `end`, end exclusive.

    `is_posted`: many wrote it.
    """
    stated = _stated(tree) | dict(named.fields)
    url = _address(tree, stated)
    opening = next((at for at in range(first, end) if blocks[at].tag not in HEADINGS), first)
    start = max(0, first - NEAR_BLOCKS)
    whole = blocks[start : opening + NEAR_AFTER]
    around = _asked(words, whole) if is_posted else whole
    near = _short(around)
    lines = [text for text in near if not _is_prose(text)]
    linked = {block.text for block in around if block.chars == block.link_chars}
    spoken = [text for text in lines if text not in linked]
    # The one nearest to the article: others announce other articles.
    dateline = next((block for block in reversed(around) if not block.link_chars and _states(words, block.text)), None)
    title = headline(words, tree, stated, around, first - start, dateline, named.subject)
    pointed = partial(attributed, words, tree, title, is_posted=is_posted)
    ordered = in_order(words, lines)
    if is_posted and len(around) == len(whole) and not any(tells_when(words, line) for line in ordered):
        ordered = _first_stamp(words, _asked(words, blocks[opening:end]))
    closing, behind = ([], []) if is_posted else _at_its_end(words, blocks, first, end)
    return Metadata(
        title=title,
        published=published(words, page, stated, ordered, behind, closing, pointed, url),
        author=first_name(words, _AUTHOR, near) or _author(words, stated, page),
        outlet=outlet(words, tree, stated, near, spoken, title, blocks, is_posted=is_posted),
        section=name_of(words, stated.get("article:section")) or _section(words, near),
        url=url,
    )


def _short(blocks: Sequence[Block]) -> list[str]:
    """The texts of the blocks that are short enough to state something."""
    return [block.text for block in blocks if block.chars <= LINE_CHARACTERS]


def _at_its_end(words: Words, blocks: Sequence[Block], first: int, end: int) -> tuple[list[str], list[str]]:
    """The lines that close an article, and those with the ones behind it, their days in order."""
    last = max(first, end - CLOSING_BLOCKS)
    return _short(blocks[last:end]), in_order(words, _short(blocks[last : end + BEHIND_BLOCKS]))


def _asked(words: Words, around: Sequence[Block]) -> Sequence[Block]:
    """The blocks around the beginning of a thread before the first reply to it, whose moment is the reply's."""
    said = next((at for at, block in enumerate(around) if _is_asked(words, block)), len(around))
    replied = (at for at in range(said, len(around)) if around[at].zone.is_reply)
    return around[: next(replied, len(around))]


def _is_asked(words: Words, block: Block) -> bool:
    """Whether a block is the text of a question, and no reply."""
    zone = block.zone
    is_text = zone.is_central and not (
        zone.is_reply or zone.is_fringe or zone.is_marginal or tells_when(words, block.text)
    )
    return is_text and _is_prose(block.text) and block.tag not in HEADINGS


def _first_stamp(words: Words, posted: Sequence[Block]) -> list[str]:
    """The line of a thread that dates its first post, where that stands below the text."""
    lines = (block.text for block in posted if block.chars <= DATELINE_CHARACTERS and not _is_prose(block.text))
    return next((in_order(words, [line]) for line in lines if tells_when(words, line)), [])


def _is_prose(text: str) -> bool:
    """Whether a line is a sentence: the day it names is that of an event."""
    return text.endswith((*SENTENCE_ENDS, "”")) or len(text) > DATELINE_CHARACTERS


def _stated(tree: LexborHTMLParser) -> dict[str, str]:
    """The page's meta elements: name or property in lower case to content, the first one of a name."""
    found: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = one_line(attributes.get("content") or "")
        if name and content:
            found.setdefault(name.lower(), html.unescape(content))
    return found


def _address(tree: LexborHTMLParser, stated: dict[str, str]) -> str | None:
    link = (tree.head or tree).css_first('link[rel="canonical"]')
    for address in (link.attributes.get("href") if link else None, stated.get("og:url")):
        if address and re.match(r"https?://[^/\s]+/\S", address.strip()):
            return address.strip()
    return None


def _author(words: Words, stated: dict[str, str], page: str) -> str | None:
    """The author the page states to machines, unless it is a number, a site, or the editor under another name."""
    name = name_of(words, stated.get("author"))
    if name is None or name.isdigit() or is_outlet(words, name) or name == stated.get("og:site_name"):
        return None
    return None if _is_editor(words, name, page) else name


def _is_editor(words: Words, name: str, page: str) -> bool:
    """Whether a page names somebody as its editor."""
    place = page.find(name)
    while place >= 0:
        if words.shaped[_EDITED_BY].search(page[max(0, place - 12) : place]):
            return True
        place = page.find(name, place + 1)
    return False


def _section(words: Words, near: list[str]) -> str | None:
    """The last step of a breadcrumb that is not the article itself."""
    for text in near:
        steps = [step for part in _CRUMB.split(text) if (step := part.strip())]
        if len(steps) < 2 or len(text) > 80 or DATE.search(text):
            continue
        named = [step for step in steps if len(step) <= 12 and not words.shaped[_NOT_A_SECTION].match(step)]
        if named:
            return named[-1]
    return None


def is_dateline(words: Words, text: str) -> bool:
    """Whether a line above the article states date or outlet and nothing else."""
    return (len(text) <= 20 and words.shaped["^<dateline_tool>"].match(text) is not None) or _states(words, text)


def _states(words: Words, text: str) -> bool:
    """Whether a line that is no prose states date or outlet."""
    return not _is_prose(text) and (
        is_dated(words, text) or names_outlet(words, text) or _YEARLESS.fullmatch(text) is not None
    )
