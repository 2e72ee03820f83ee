"""Articles a page carries as escaped markup in a field of a form, for its script to show: text, moment, outlet."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.pages.moment import written_out
from transforms.pages.outline import Block, blocks

MIN_CARRIED = 60  # characters of markup; a reply being written is shorter than the page around it
LONGEST_FIELD = 60
_MARKUP = re.compile(r"\s*<(?:p|div|span|section|article)[\s>]", re.IGNORECASE)
# What such fields are called, by their last words, and the meta element that says the same.
_FIELDS = (
    (re.compile(r"(?:source|media|origin)(?:[-_]?name)?$", re.IGNORECASE), "source"),
    (re.compile(r"(?:^|[-_])(?:pub(?:lish)?[-_]?)?time$", re.IGNORECASE), "publishtime"),
)


def carried(tree: LexborHTMLParser, found: list[Block]) -> list[Block]:
    """The blocks of the article a field of the page carries, none where the page says more in the open.

    `found`: the blocks of the page.
    """
    said = [text for field in tree.css("textarea") if len(text := field.text()) >= MIN_CARRIED and _MARKUP.match(text)]
    if not said:
        return []
    held = blocks(LexborHTMLParser(max(said, key=len)))
    shown = sum(block.chars for block in found if block.marks and not block.zone.is_marginal)
    return held if sum(block.chars for block in held if block.marks) > max(MIN_CARRIED, shown) else []


def fields(tree: LexborHTMLParser) -> dict[str, str]:
    """What the fields beside such an article state, as meta elements would: name to content."""
    stated: dict[str, str] = {}
    for field in tree.css("textarea"):
        text = field.text().strip()
        name = next((name for named, name in _FIELDS if named.search(_called(field))), None)
        if name and 0 < len(text) <= LONGEST_FIELD:
            stated.setdefault(name, written_out(text))
    return stated


def _called(field: LexborNode) -> str:
    attributes = field.attributes
    return (attributes.get("name") or attributes.get("id") or attributes.get("class") or "").strip()
