"""Articles a page carries for its script to show: as escaped markup in a field of a form, or told to machines."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.pages.moment import written_out
from transforms.pages.outline import Block, blocks
from transforms.pages.wording import Words

MIN_CARRIED = 60  # characters of markup; a reply being written is shorter than the page around it
MAX_DATA = 1 << 20  # characters of data that are parsed
CARRIES = ("<textarea", '"articleBody"')  # what a page holds that carries one
LONGEST_FIELD = 60
_MARKUP = re.compile(r"\s*<(?:p|div|span|section|article)[\s>]", re.IGNORECASE)
# What such fields are called, and the meta element that says the same.
_FIELDS = {"<source_field>": "source", "<time_field>": "publishtime"}


def carried(words: Words, tree: LexborHTMLParser, found: list[Block]) -> list[Block]:
    """The blocks of the article a page carries in a field, none where it says more in the open.

    What is told to machines counts where the page says nothing. `found`: the blocks of the page.
    """
    shown = sum(block.chars for block in found if block.marks and not block.zone.is_marginal)
    said = [text for field in tree.css("textarea") if len(text := field.text()) >= MIN_CARRIED and _MARKUP.match(text)]
    if not said and shown < MIN_CARRIED:
        said = [text for text in map(_told_to_machines, tree.css('script[type="application/ld+json"]')) if text]
    if not said:
        return []
    held = blocks(words, LexborHTMLParser(max(said, key=len)))
    return held if sum(block.chars for block in held if block.marks) > max(MIN_CARRIED, shown) else []


def _told_to_machines(script: LexborNode) -> str:
    """The body of the article that a page's data name, as markup; empty without one."""
    data = script.text()
    if '"articleBody"' not in data or len(data) > MAX_DATA:
        return ""
    try:
        told = json.loads(data, strict=False)
    except (ValueError, RecursionError):
        # What a page tells machines is its own affair: the article is read from the markup then.
        return ""
    graph = told.get("@graph", told) if isinstance(told, dict) else told
    items: list[Any] = graph if isinstance(graph, list) else [graph]
    bodies = (item.get("articleBody") for item in items if isinstance(item, dict))
    body = next((text for text in bodies if isinstance(text, str)), "")
    return body if _MARKUP.match(body) else "".join(f"<p>{html.escape(line)}</p>" for line in body.splitlines())


def fields(words: Words, tree: LexborHTMLParser) -> dict[str, str]:
    """What the fields beside such an article state, as meta elements would: name to content."""
    stated: dict[str, str] = {}
    for field in tree.css("textarea"):
        text = field.text().strip()
        name = next((name for named, name in _FIELDS.items() if words.shaped[named].search(_called(field))), None)
        if name and 0 < len(text) <= LONGEST_FIELD:
            stated.setdefault(name, written_out(text))
    return stated


def _called(field: LexborNode) -> str:
    attributes = field.attributes
    return (attributes.get("name") or attributes.get("id") or attributes.get("class") or "").strip()
