"""Where in the sequence of a page's blocks its article stands: the run of blocks of greatest total worth."""

from __future__ import annotations

import re
from collections import defaultdict

from transforms.pages.entries import boxed, listed
from transforms.pages.outline import Block
from transforms.pages.recurrence import is_comments_heading
from transforms.pages.wording import HEADINGS, Words

RISE_COST = 4.0
MAX_RISE = 8
# How much of a block's worth goes to the element it stands in, to the one around that, and so on.
SHARES = (1.0, 1.0, 0.5, 0.25)
LISTING_CHARACTERS = 80
LISTING_SHARE = 2.0
OUTSIDE = 0.4  # what prose outside the main element still counts
BELOW_HEADLINE = 0.15  # the share of a page's prose that shows where its article is, short as it may be
ISLAND = 25.0
BESIDE_ENTRIES, ENTRY = 0.15, -8.0  # the share of what is said outside lists that shows the article; worth in one
SHORTEST_LINE = 4
RELATED_CHARACTERS = 14
BARRED = -10_000.0
_SENTENCE_END = re.compile(r"[。！？”」…](?:\s?\[\d{1,3}(?:-\d{1,3})?\])*$")
_CONTROL = r"[\[【]?<button>[\]】]?|\d{1,3}\s?/\s?\d{1,3}"
_RELATED = r"<related>\s*[:：]?"
# Above what a site or a firm says of itself.
_OF_ITSELF = r"[关關][于於]<of_itself>\s*[:：]?"


def worth(words: Words, block: Block, *, is_outside: bool) -> float:
    """What a block says for (> 0) or against (< 0) being article: prose for, links and short labels against.

    `is_outside`: the names around it put it beside the article.
    """
    own = block.chars - block.link_chars
    if block.link_chars > 0.5 * block.chars:
        value = -8.0 - 0.5 * min(block.chars, 40)
    elif _is_related(words, block):
        value = BARRED
    elif own < 12 or (block.chars < LISTING_CHARACTERS and words.shaped["<trail>"].match(block.text)):
        value = -2.0 if block.tag in HEADINGS else -7.0
    elif block.chars < 200 and words.shaped["<legal>"].search(block.text):
        value = -30.0
    elif block.marks:
        value = float(min(own, 400))
    elif block.tag in HEADINGS:
        value = -2.0
    else:
        value = 0.2 * min(own, 40) - 7.0
    if is_outside:
        value = 0.2 * value - 8.0 if value > 0 else value - 4.0
    elif block.zone.is_central:
        value = value * 1.2 if value > 0 else value * 0.7
    return value - RISE_COST * max(0, min(block.rise, MAX_RISE) - 1)


def _main_element(blocks: list[Block], values: list[float]) -> int | None:
    """The element that holds most prose directly: paragraphs of an article share one, teasers have one each."""
    prose: defaultdict[int, float] = defaultdict(float)
    for block, value in zip(blocks, values, strict=True):
        if value > 0:
            for element, share in zip(block.path, SHARES, strict=False):
                prose[element] += share * value
    return max(prose, key=lambda element: (prose[element], element), default=None)


def article_blocks(words: Words, blocks: list[Block], headline: int = 0) -> list[Block]:
    """The blocks of a page's article, in order; none where no run of blocks is worth anything.

    `headline` is the first block that repeats the page's title. Articles begin below it, unless nothing much does.
    """
    related = [
        at
        for at, block in enumerate(blocks)
        if _is_related(words, block) or words.shaped[_OF_ITSELF].fullmatch(block.text)
    ]
    elsewhere = listed(words, blocks, headline) | boxed(blocks, related, headline)
    outside = _outside(blocks, elsewhere, headline)
    values = [worth(words, block, is_outside=is_out) for block, is_out in zip(blocks, outside, strict=True)]
    beside = _beside(blocks, values, elsewhere, headline)
    values = [min(value, 0.0) + ENTRY if is_in else value for value, is_in in zip(values, beside, strict=True)]
    below = [min(value, 0.0) if at < headline else value for at, value in enumerate(values)]
    if sum(value for value in below if value > 0) >= BELOW_HEADLINE * sum(value for value in values if value > 0):
        values = below
    said = _comments_at(words, blocks, values, headline)
    main = _main_element(blocks[:said], values[:said])
    values = [
        value if at < said or main in block.path[:2] else BARRED
        for at, (block, value) in enumerate(zip(blocks, values, strict=True))
    ]
    span = _best_run(blocks, values, main)
    first, end = _listing(blocks, values, beside, span) or _to_the_end(words, blocks, span)
    around = _around(blocks[first:end], main)
    return [
        block
        for at, (block, value) in enumerate(zip(blocks, values, strict=True))
        if (first <= at < end and not _is_control(words, block)) or (at < first and _is_island(block, value, around))
    ]


def _is_related(words: Words, block: Block) -> bool:
    """Whether a block is the heading of what else there is to read."""
    return (
        block.chars <= RELATED_CHARACTERS
        and not block.zone.is_marginal
        and words.shaped[_RELATED].fullmatch(block.text) is not None
    )


def _outside(blocks: list[Block], elsewhere: frozenset[int], headline: int) -> list[bool]:
    """Of each block whether names put it beside the article: not where the headline, or what it heads, is called so."""
    is_told = headline and blocks[headline].zone.is_reply
    outside = [block.zone.is_marginal or (block.zone.is_reply and not is_told) for block in blocks]
    below = [at for at in range(headline, len(blocks)) if _prose(blocks[at]) > ISLAND] if headline else []
    if not below or not outside[below[0]]:
        return outside
    holder = blocks[below[0]].path[:2][-1:]
    inside = [at for at in below if not elsewhere.intersection(blocks[at].path) and holder[0] in blocks[at].path[:3]]
    others = [at for at in below if not (outside[at] or elsewhere.intersection(blocks[at].path))]
    if sum(_prose(blocks[at]) for at in inside) < sum(_prose(blocks[at]) for at in others):
        return outside
    return [is_out and holder[0] not in block.path[:3] for is_out, block in zip(outside, blocks, strict=True)]


def _beside(blocks: list[Block], values: list[float], elements: frozenset[int], headline: int) -> list[bool]:
    """Of each block whether it stands in a list or box of the page; of none where too little is said besides."""
    inside = [not elements.isdisjoint(block.path) for block in blocks]
    first = next((at for at in range(headline, len(blocks)) if inside[at]), len(blocks))
    apart = sum(map(_prose, blocks[headline:first])) + sum(
        max(0.0, value) for value, is_in in zip(values[first:], inside[first:], strict=True) if not is_in
    )
    among = sum(max(0.0, value) for value, is_in in zip(values, inside, strict=True) if is_in)
    is_enough = apart >= max(ISLAND, BESIDE_ENTRIES * among)
    return inside if is_enough else [False] * len(blocks)


def _prose(block: Block) -> float:
    """The characters of a block that are punctuated and no link."""
    return float(block.chars - block.link_chars) if block.marks else 0.0


def _comments_at(words: Words, blocks: list[Block], values: list[float], headline: int) -> int:
    """The heading of readers' comments below something said, the number of blocks without one.

    What stands below it, but in the element of the article, is worth nothing.
    """
    places = (at for at in range(headline, len(blocks)) if is_comments_heading(words, blocks[at]))
    return next((at for at in places if max(values[headline:at], default=0.0) > ISLAND), len(blocks))


def _best_run(blocks: list[Block], values: list[float], main: int | None) -> tuple[int, int]:
    """(first, end) of the blocks of greatest total worth, end exclusive; (0, 0) without any."""
    best, span = 0.0, (0, 0)
    total, start = 0.0, 0
    for position, (block, value) in enumerate(zip(blocks, values, strict=True)):
        if total <= 0:
            total, start = 0.0, position
        total += value if value < 0 or main in block.path else OUTSIDE * value
        if total > best:
            best, span = total, (start, position + 1)
    return span


def _to_the_end(words: Words, blocks: list[Block], span: tuple[int, int]) -> tuple[int, int]:
    """The span with the lines that end the article without a mark: like its last paragraph, in the same element."""
    first, end = span
    if not end:
        return span
    last = blocks[end - 1]
    while end < len(blocks) and _goes_on(words, blocks[end], last):
        end += 1
    return first, end


def _goes_on(words: Words, block: Block, last: Block) -> bool:
    """Whether a block stands beside the last one of an article, named no otherwise, and links to nothing."""
    is_beside = block.path[1:2] == last.path[1:2] and block.tag == last.tag and block.zone == last.zone
    if not is_beside or block.link_chars or block.chars < SHORTEST_LINE:
        return False
    return not (
        words.shaped[_RELATED].match(block.text)
        or words.shaped["<legal>"].search(block.text)
        or _is_control(words, block)
    )


def _around(told: list[Block], main: int | None) -> frozenset[int]:
    """The main element and the one it stands in."""
    places = (block.path[at : at + 2] for block in told for at in range(len(block.path)) if block.path[at] == main)
    return frozenset(next(places, ()))


def _is_island(block: Block, value: float, around: frozenset[int]) -> bool:
    """Whether a sentence before the rest belongs to it, say above a table: it stands in the same element."""
    return value >= ISLAND and _SENTENCE_END.search(block.text) is not None and not around.isdisjoint(block.path[:3])


def _is_control(words: Words, block: Block) -> bool:
    """Whether a block inside an article is a button of the page, or speaks to the browser's owner."""
    if block.chars <= 8:
        return words.shaped[_CONTROL].fullmatch(block.text) is not None
    return block.chars <= 80 and words.shaped["<browser>"].search(block.text) is not None


def _listing(
    blocks: list[Block], values: list[float], beside: list[bool], span: tuple[int, int]
) -> tuple[int, int] | None:
    """The run of blocks of the element that says far more in no sentences than the best run does: a table of contents.

    Nothing in such a text is worth anything by itself.
    """
    plain: defaultdict[int, int] = defaultdict(int)
    linked: defaultdict[int, int] = defaultdict(int)
    for block, value, is_in in zip(blocks, values, beside, strict=True):
        if (
            len(block.path) > 1
            and not is_in
            and BARRED < value <= 0
            and not (block.zone.is_marginal or block.zone.is_reply)
        ):
            plain[block.path[1]] += block.chars - block.link_chars
            linked[block.path[1]] += block.link_chars
    said = sum(block.chars - block.link_chars for block in blocks[span[0] : span[1]])
    best = max(plain, key=lambda element: (plain[element], -element), default=None)
    if best is None or plain[best] < max(LISTING_CHARACTERS, LISTING_SHARE * said) or linked[best] > 0.3 * plain[best]:
        return None
    inside = [at for at, block in enumerate(blocks) if best in block.path[1:2] and 2 * block.link_chars <= block.chars]
    return inside[0], inside[-1] + 1
