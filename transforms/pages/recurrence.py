"""What recurs on a page in elements of one kind, each beside a moment, number, buttons or a name: posts by any name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from transforms.pages.calendars import is_dated
from transforms.pages.moment import DATE
from transforms.pages.outline import PART, Block
from transforms.pages.wording import SENTENCE_ENDS, Words

MIN_HOLDERS = 2
MAX_KINDS = 8  # looked at, those that say most first: a hostile page has thousands
STAMP_CHARACTERS, BARE_CHARACTERS, NAME_CHARACTERS = 60, 20, 16
LONGEST_STAMP = 120  # of a line that holds both, with the subject of the post
POSTED_CHARACTERS = 8  # of a text that shows where posts stand; labels with a colon are shorter
TELLING_CHARACTERS = 15  # of a text without punctuation that says something
STAMPED_SHARE = 0.5
MIN_STAMPED = 0.1  # less is chance: rows of links with a date among them
REPEATED = 3
PROSE_WEIGHT, MAX_ABOVE = 3, 120  # a paragraph above the first post is an article, a title or two are none
# The number of a post, as it stands beside its moment: '#3', '#3-1', '3楼', '3#', '第3楼', 'No.31200441'.
FLOOR = re.compile(r"(?:^|\s)(?:#\d{1,5}(?:-\d{1,3})?|第?\d{1,5}\s?[楼樓#]|No\.\d{3,12})(?=$|[\s:：·•|-])")
_MOMENT = (
    DATE.pattern + r"|\d+\s?<time_unit>[之以]?前|[昨今前]天\s?\d\d?:\d\d|"
    r"(?<!\d)[0-3]\d[-/][01]?\d[-/][0-3]?\d\s?(?:[(（]\S[)）]\s?)?[0-2]?\d:[0-5]\d|"
    r"(?:(?<!\d)|B\d{1,4})[01]?\d[-/月][0-3]?\d日?\s{1,2}[0-2]?\d:[0-5]\d|"
    r"\d (?:minutes?|hours?|days?|weeks?|months?|years?) ago"
)
# What is a moment where a line says nothing else.
_BARE_MOMENT = (
    r"[·•\s]*(?:<recently>|[一二两兩三四五六七八九十几幾]+[个個]?<time_unit>前|"
    r"[01]?\d[-/][0-3]\d|[01]?\d月[0-3]?\d日|\d{1,2}:\d\d(?::\d\d)?|\d{1,3}\s?(?i:<short_unit>)|"
    r"(?i:<month>)[A-Za-z]{0,6}\.? \d{1,2}(?:, \d{4})?)[·•\s]*"
)
# What readers can do with a post, where nothing says when it was written.
_CONTROL = r"(?:<post_button>\s?[(（]?\d*[)）]?[\s·|/]*){1,6}"
_DIGITS = re.compile(r"\d+")


class Recurrence(NamedTuple):
    """The elements of one kind that hold the posts of a page.

    `holders`: their numbers; `first`, `end`: the blocks from the first to the last of them, end exclusive;
    `stamped`: the share of the gaps between them in which a moment, a number, a button or a name stands; `above`:
    characters said before the first, those of prose threefold; `within`, `behind`: characters of prose in them and
    behind the last; `kind`: what they are called.
    """

    holders: frozenset[int]
    first: int
    end: int
    stamped: float
    above: int
    within: int
    behind: int
    kind: str

    @property
    def is_thread(self) -> bool:
        """Whether this alone shows that many write: three posts or more, most marked, little said around them."""
        is_marked = len(self.holders) >= REPEATED and self.stamped > STAMPED_SHARE
        return is_marked and self.above < MAX_ABOVE and self.behind <= self.within

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


def is_stamp(words: Words, block: Block) -> bool:
    """Whether a short block holds a moment or the number of a post."""
    return block.chars <= LONGEST_STAMP and _stamps(words, block.text)


@lru_cache(maxsize=8192)
def _stamps(words: Words, text: str) -> bool:
    if text.endswith(SENTENCE_ENDS):
        return False
    has_digits = _DIGITS.search(text) is not None
    if len(text) > STAMP_CHARACTERS:
        return has_digits and words.shaped[_MOMENT].search(text) is not None and FLOOR.search(text) is not None
    if has_digits and (words.shaped[_MOMENT].search(text) or FLOOR.search(text) or is_dated(words, text)):
        return True
    return len(text) <= BARE_CHARACTERS and words.shaped[_BARE_MOMENT].fullmatch(text) is not None


def is_comments_heading(words: Words, block: Block) -> bool:
    """Whether a short block announces what readers said."""
    return (
        block.chars <= BARE_CHARACTERS
        and not block.link_chars
        and words.shaped["<comments>"].fullmatch(block.text) is not None
    )


def _is_control(words: Words, block: Block) -> bool:
    """Whether a short block is what readers can do with a post."""
    return block.chars <= BARE_CHARACTERS and words.shaped[_CONTROL].fullmatch(block.text) is not None


def _is_name(words: Words, block: Block) -> bool:
    """Whether a block is as short as who wrote a post, and but for a word, says, asks, a link."""
    is_short = block.chars <= NAME_CHARACTERS and 2 * block.link_chars > block.chars and not block.marks
    return is_short and not block.zone.is_marginal and words.shaped["<more>"].search(block.text) is None


def recurrence(words: Words, blocks: list[Block], headline: int = 0, *, at_fringe: bool = False) -> Recurrence | None:
    """The kind of element in which most is said again and again with stamps, else buttons, else names, in between.

    None where there is none. What stands above the `headline` is said by nobody. `at_fringe`: what is called the
    fringe of a reply counts too.
    """
    told: defaultdict[str, list[int]] = defaultdict(list)
    for at, block in enumerate(blocks):
        if (
            block.marks
            and block.chars >= POSTED_CHARACTERS
            and not (block.zone.is_marginal or (block.zone.is_fringe and not (at_fringe and block.zone.is_reply)))
            and says(block)
            and not is_stamp(words, block)
        ):
            told[kind_of(block)].append(at)
    several = [kind for kind, places in told.items() if len({_holder(blocks[at]) for at in places}) >= MIN_HOLDERS]
    if not several:
        return None
    said = {kind: sum(map(len, {blocks[at].text for at in told[kind]})) for kind in several}
    most = sorted(several, key=lambda kind: (-said[kind], kind))[:MAX_KINDS]
    telling = frozenset(block.path[0] for block in blocks if block.path and says(block) and not is_stamp(words, block))
    shapes = (
        shape
        for is_mark in (is_stamp, _is_control, _is_name)
        if (marks := [at for at, block in enumerate(blocks) if is_mark(words, block)])
        for kind in most
        if (shape := _shape(words, blocks, kind, marks, telling, headline)) is not None
    )
    shape = next(shapes, None)
    return _around(words, blocks, shape, telling, headline) if shape is not None else None


def _around(words: Words, blocks: list[Block], shape: Recurrence, telling: frozenset[int], headline: int) -> Recurrence:
    """The recurrence of the elements that paragraphs without a name stand in, if more stamps stand between those."""
    named, _, part = shape.kind.partition(PART)
    if not (part and named) or shape.stamped == 1:
        return shape
    marks = [at for at, block in enumerate(blocks) if is_stamp(words, block)]
    outer = _shape(words, blocks, named, marks, telling, headline)
    return outer if outer is not None and outer.stamped > shape.stamped else shape


def _shape(
    words: Words, blocks: list[Block], kind: str, marks: list[int], telling: frozenset[int], headline: int
) -> Recurrence | None:
    """The recurrence of this kind, if blocks at `marks` stand between its elements, or in elements of their own.

    `telling`: the elements that say something themselves.
    """
    marked = {blocks[at].path[0] for at in marks if blocks[at].path} - telling
    named = {at for at, name in enumerate(blocks[0].called) if name and _without_numbers(name) == kind}
    holders = named - marked
    apart = {at for at in marks if holders.isdisjoint(blocks[at].path[:1])}
    within = {
        at: min(holders.intersection(block.path))
        for at, block in enumerate(blocks)
        if not holders.isdisjoint(block.path) and at not in apart
    }
    outside = [at for at in marks if at not in within]
    gaps = [(one, other) for one, other in pairwise(within) if within[one] != within[other]]
    stamped = sum(bisect_left(outside, other) > bisect_left(outside, one) for one, other in gaps)
    if stamped < MIN_STAMPED * len(gaps) or not stamped:
        return None
    first, end = min(within), max(within) + 1
    weight = sum(
        (block.chars - block.link_chars) * (PROSE_WEIGHT if _is_prose(block) else 1)
        for block in blocks[headline + 1 if headline else 0 : first]
        if _is_open(block) and says(block) and not is_stamp(words, block)
    )
    told = sum(blocks[at].chars for at in within if _is_prose(blocks[at]))
    behind = sum(block.chars - block.link_chars for block in blocks[end:] if _is_open(block) and _is_prose(block))
    return Recurrence(frozenset(within.values()), first, end, stamped / len(gaps), weight, told, behind, kind)


def _is_open(block: Block) -> bool:
    """Whether the names around a block do not put it beside the text."""
    return not (block.zone.is_marginal or block.zone.is_fringe)


def _is_prose(block: Block) -> bool:
    """Whether a block is more than a title: a sentence that ends, or one with pauses."""
    return block.marks >= 2 or block.text.endswith("。")


def label_kinds(words: Words, blocks: Iterable[Block]) -> frozenset[str]:
    """The kinds of element that recur and only ever label or stamp, never say."""
    count: defaultdict[str, int] = defaultdict(int)
    telling: defaultdict[str, int] = defaultdict(int)
    for block in blocks:
        kind = kind_of(block)
        count[kind] += 1
        telling[kind] += says(block) and not is_stamp(words, block)
    return frozenset(kind for kind, total in count.items() if total >= REPEATED and not telling[kind])
