"""When a page was published by what only its attributes say: of `time` elements, of words like yesterday, of data-*."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.pages.moment import DATE, written_out
from transforms.pages.outline import zone_of
from transforms.pages.wording import HEADINGS, Words, letters

MAX_LOOKED_AT = 400
PARAGRAPH_CHARACTERS = 60  # of the first paragraph: behind it stand other moments than the article's


def attributed(words: Words, tree: LexborHTMLParser, title: str | None, *, is_posted: bool) -> str | None:
    """The moment an attribute names beside the headline, the first below it, else the last above it.

    What stands in a margin is none, nor what stands in a reply or below the first paragraph, but in threads, where the
    first moment is that of the opening post.
    """
    wanted = letters(title or "")
    looked_at = ", ".join((*sorted(HEADINGS), "p", *(f"[{name}]" for name in words.listed["moment_attribute"])))
    above, is_below = None, not wanted
    for node in tree.css(looked_at)[:MAX_LOOKED_AT]:
        if node.tag in HEADINGS and not is_below:
            is_below = wanted in letters(node.text()[:400])
        elif node.tag == "p" and is_below and not is_posted and len(node.text()) >= PARAGRAPH_CHARACTERS:
            break
        elif (moment := _named(words, node)) is not None and _is_told(words, node, is_posted=is_posted):
            if is_below:
                return moment
            above = above or moment if is_posted else moment
    return above or _only(tree)


def _named(words: Words, node: LexborNode) -> str | None:
    """The moment the attributes of an element name; a count of seconds is written out."""
    attributes = node.attributes
    for name in words.listed["moment_attribute"]:
        value = (attributes.get(name) or "").strip()[:40]
        if found := DATE.match(value):
            return value if name == "datetime" else found[0]
        if name.startswith("data-") and (moment := written_out(value)) != value:
            return moment
    return None


def _is_told(words: Words, node: LexborNode, *, is_posted: bool) -> bool:
    """Whether an element stands where a moment is that of the article, or of a post."""
    zone = zone_of(words, node)
    return not zone.is_marginal and (is_posted or not zone.is_reply)


def _only(tree: LexborHTMLParser) -> str | None:
    """The moment the page's `time` elements name, if they name but one."""
    times = {node.attributes.get("datetime") or "" for node in tree.css("time[datetime]")}
    return next(iter(times)) if len(times) == 1 and DATE.search(next(iter(times))) else None
