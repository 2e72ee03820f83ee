"""What a page lists around its article: entries side by side, each a text under a link or somebody's moment of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

from transforms.pages.outline import Block
from transforms.pages.recurrence import is_stamp, says
from transforms.pages.wording import Words

MIN_ENTRIES = 3
TITLE_CHARACTERS = 6  # of a link that is the title of another article
BESIDE = 2  # blocks before a text that may introduce it
_NAME = re.compile(r"[^\W\d_]{2}")


def listed(words: Words, blocks: list[Block], headline: int) -> frozenset[int]:
    """The elements that are entries of a list below the headline: teasers, readers' comments.

    Three or more stand side by side in an element that says nothing above them, as an article does above its parts, and
    none of them holds the headline.
    """
    above = frozenset(blocks[headline].path) if headline else frozenset[int]()
    beside: defaultdict[int, set[int]] = defaultdict(set)
    entries, saying = set[int](), set[int]()
    for at, block in enumerate(blocks):
        if not (block.marks and says(block)):
            continue
        before, behind = blocks[max(0, at - BESIDE) : at], blocks[at + 1 : at + 1 + BESIDE]
        entry, around = _entry(words, block, _titled(before[-1:]) or _titled(behind) or _signed(words, before))
        if around and entry not in above and around not in saying:
            beside[around].add(entry)
            entries.add(entry)
        elif entries.isdisjoint(block.path):
            saying.update(block.path)
    groups = (elements for elements in beside.values() if len(elements) >= MIN_ENTRIES)
    return frozenset(element for elements in groups for element in elements)


def _entry(words: Words, block: Block, introduced: Block | None) -> tuple[int, int]:
    """The element a text and what introduces it share, and the one around that; zeros where there are none."""
    if introduced is None or is_stamp(words, block):
        return 0, 0
    shared = (pair for pair in pairwise(block.path) if pair[0] in introduced.path)
    return next(shared, (0, 0))


def boxed(blocks: list[Block], headings: list[int], headline: int) -> frozenset[int]:
    """The elements that begin with one of these headings: the outer of the two around it that says nothing above it.

    None that stands between the paragraphs of an article, as one of its parts.
    """
    said, holders = set(blocks[headline].path) if headline else set[int](), set[int]()
    found: set[int] = set()
    start = 0
    for at in headings:
        for block in blocks[start:at]:
            if block.marks and says(block):
                said.update(block.path)
                holders.update(block.path[block.tag == "p" :][:1])
        own = [element for element in blocks[at].path[1:3] if element not in said]
        if holders.isdisjoint(blocks[at].path):
            found.update(own[-1:])
        start = at
    return frozenset(found)


def _titled(beside: list[Block]) -> Block | None:
    """The first block that is a link as long as a title."""
    return next((one for one in beside if one.link_chars == one.chars >= TITLE_CHARACTERS), None)


def _signed(words: Words, before: list[Block]) -> Block | None:
    """The block that holds a moment, with a name beside it."""
    stamp = next((block for block in before if is_stamp(words, block)), None)
    is_named = stamp is not None and any(
        _NAME.search(block.text) for block in before if block is stamp or not says(block)
    )
    return stamp if is_named else None
