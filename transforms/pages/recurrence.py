"""What recurs on a page in elements of one kind, each under a moment or number of its own: posts, whatever they are called."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from transforms.pages.moment import DATE
from transforms.pages.outline import Block

MIN_HOLDERS = 2
MAX_KINDS = 8  # looked at, those that say most first: a hostile page has thousands
STAMP_CHARACTERS = 60
POSTED_CHARACTERS = 8  # of a text that shows where posts stand; labels with a colon are shorter
TELLING_CHARACTERS = 15  # of a text without punctuation that says something
STAMPED_SHARE = 0.5
REPEATED = 3
PROSE_WEIGHT, MAX_ABOVE = 3, 120  # a paragraph above the first post is an article, a title or two are none
# The number of a post, as it stands beside its moment: '#3', '#3-1', '3楼', '3#', '第3楼'.
FLOOR = re.compile(r"(?:^|\s)(?:#\d{1,5}(?:-\d{1,3})?|第?\d{1,5}\s?[楼樓#])(?=$|[\s:：·•|-])")
_MOMENT = re.compile(
    DATE.pattern + r"|\d+\s?(?:秒|分钟|分鐘|小时|小時|天|周|週|个月|個月|月|年)前|[昨今前]天\s?\d\d?:\d\d|"
    r"(?<!\d)[01]?\d[-/月][0-3]?\d日?\s{1,2}[0-2]?\d:[0-5]\d|\d (?:minutes?|hours?|days?|weeks?|months?|years?) ago"
)
_SENTENCE_ENDS = ("。", "！", "？", "…", "!", "?")
_DIGITS = re.compile(r"\d+")


class Recurrence(NamedTuple):
    """The elements of one kind that hold the posts of a page.

    `holders`: their numbers; `first`, `end`: the blocks from the first to the last of them, end exclusive;
    `stamped`: the share of the gaps between them in which a moment or number stands; `above`: characters said
    before the first, those of prose threefold; `kind`: what they are called.
    """

    holders: frozenset[int]
    first: int
    end: int
    stamped: float
    above: int
    kind: str

    @property
    def is_thread(self) -> bool:
        """Whether this alone shows that many write: three posts or more, nearly all stamped, nothing said above them."""
        return len(self.holders) >= REPEATED and self.stamped > STAMPED_SHARE and self.above < MAX_ABOVE

    def holds(self, block: Block) -> bool:
        """Whether a block stands in a post."""
        return not self.holders.isdisjoint(block.path)


@lru_cache(maxsize=8192)
def _without_numbers(kind: str) -> str:
    return _DIGITS.sub("", kind)


def kind_of(block: Block) -> str:
    """What the nearest element with a name is called, without the numbers that tell its siblings apart."""
    return _without_numbers(block.called[_holder(block)])


def _holder(block: Block) -> int:
    """That element, 0 without one."""
    return next((element for element in block.path if block.called[element]), 0)


def says(block: Block) -> bool:
    """Whether a block says something: punctuated or long, and no link."""
    return (block.marks > 0 or block.chars >= TELLING_CHARACTERS) and block.chars > 2 * block.link_chars


def is_stamp(block: Block) -> bool:
    """Whether a short block holds a moment or the number of a post."""
    if block.chars > STAMP_CHARACTERS or not _DIGITS.search(block.text) or block.text.endswith(_SENTENCE_ENDS):
        return False
    return _MOMENT.search(block.text) is not None or FLOOR.search(block.text) is not None


def recurrence(blocks: list[Block]) -> Recurrence | None:
    """The kind of element in which most is said again and again with stamps in between; None where none is."""
    told: defaultdict[str, list[int]] = defaultdict(list)
    for at, block in enumerate(blocks):
        if (
            block.marks
            and block.chars >= POSTED_CHARACTERS
            and not (block.zone.is_marginal or block.zone.is_fringe)
            and says(block)
        ):
            told[kind_of(block)].append(at)
    several = [kind for kind, places in told.items() if len({_holder(blocks[at]) for at in places}) >= MIN_HOLDERS]
    if not several:
        return None
    said = {kind: sum(map(len, {blocks[at].text for at in told[kind]})) for kind in several}
    stamps = [at for at, block in enumerate(blocks) if is_stamp(block)]
    most = sorted(several, key=lambda kind: (-said[kind], kind))[:MAX_KINDS]
    return next((shape for kind in most if (shape := _shape(blocks, kind, stamps)) is not None), None)


def _shape(blocks: list[Block], kind: str, stamps: list[int]) -> Recurrence | None:
    """The recurrence of this kind, if stamps stand between its elements and are no part of them."""
    holders = {at for at, name in enumerate(blocks[0].called) if name and _without_numbers(name) == kind}
    within = {
        at: min(holders.intersection(block.path))
        for at, block in enumerate(blocks)
        if not holders.isdisjoint(block.path)
    }
    outside = [at for at in stamps if at not in within]
    gaps = [(one, other) for one, other in pairwise(within) if within[one] != within[other]]
    stamped = sum(bisect_left(outside, other) > bisect_left(outside, one) for one, other in gaps)
    if not stamped:
        return None
    first, end = min(within), max(within) + 1
    weight = sum(
        (block.chars - block.link_chars) * (PROSE_WEIGHT if _is_prose(block) else 1)
        for block in blocks[:first]
        if _is_open(block) and says(block) and not is_stamp(block)
    )
    return Recurrence(frozenset(within.values()), first, end, stamped / len(gaps), weight, kind)


def _is_open(block: Block) -> bool:
    """Whether the names around a block do not put it beside the text."""
    return not (block.zone.is_marginal or block.zone.is_fringe)


def _is_prose(block: Block) -> bool:
    """Whether a block is more than a title: a sentence that ends, or one with pauses."""
    return block.marks >= 2 or block.text.endswith("。")


def label_kinds(blocks: Iterable[Block]) -> frozenset[str]:
    """The kinds of element that recur and only ever label or stamp, never say."""
    count: defaultdict[str, int] = defaultdict(int)
    telling: defaultdict[str, int] = defaultdict(int)
    for block in blocks:
        kind = kind_of(block)
        count[kind] += 1
        telling[kind] += says(block) and not is_stamp(block)
    return frozenset(kind for kind, total in count.items() if total >= REPEATED and not telling[kind])
