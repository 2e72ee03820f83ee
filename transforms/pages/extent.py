"""Where in the sequence of a page's blocks its article stands: the run of blocks of greatest total worth."""

from __future__ import annotations

import re
from collections import defaultdict

from transforms.pages.outline import Block

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
RISE_COST = 4.0
MAX_RISE = 8
# How much of a block's worth goes to the element it stands in, to the one around that, and so on.
SHARES = (1.0, 1.0, 0.5, 0.25)
LISTING_CHARACTERS = 80
LISTING_SHARE = 2.0
OUTSIDE = 0.4  # what prose outside the main element still counts
_LEGAL = re.compile(
    r"版[权權]所有|ICP[备備证證]|[许許]可[证證]|举报(?:电话|邮箱|中心)|未[经經].{0,8}(?:授[权權]|[许許]可)|"
    r"copyright|all rights reserved|©|公网安备|公網安備|网站地图|主办单位|备案号|免责声明|免責聲明",
    re.IGNORECASE,
)


def worth(block: Block) -> float:
    """What a block says for (> 0) or against (< 0) being article: prose for, links and short labels against."""
    own = block.chars - block.link_chars
    if block.link_chars > 0.5 * block.chars:
        value = -8.0 - 0.5 * min(block.chars, 40)
    elif block.chars < 200 and _LEGAL.search(block.text):
        value = -30.0
    elif block.marks and own >= 12:
        value = float(min(own, 400))
    elif block.tag in HEADINGS:
        value = -2.0
    elif own < 12:
        value = -7.0
    else:
        value = 0.2 * min(own, 40) - 7.0
    if block.zone.is_marginal or block.zone.is_reply:
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


def region(blocks: list[Block]) -> tuple[int, int]:
    """(first, end) of the article's blocks, end exclusive; (0, 0) where no run of blocks is worth anything."""
    values = [worth(block) for block in blocks]
    main = _main_element(blocks, values)
    best, span = 0.0, (0, 0)
    total, start = 0.0, 0
    for position, (block, value) in enumerate(zip(blocks, values, strict=True)):
        if total <= 0:
            total, start = 0.0, position
        total += value if value < 0 or main in block.path else OUTSIDE * value
        if total > best:
            best, span = total, (start, position + 1)
    return _listing(blocks, span) or span


def _listing(blocks: list[Block], span: tuple[int, int]) -> tuple[int, int] | None:
    """The run of blocks of the element that says far more without links than the best run does: verse, a table of contents.

    Such text has no sentences, so that nothing in it is worth anything by itself.
    """
    plain: defaultdict[int, int] = defaultdict(int)
    linked: defaultdict[int, int] = defaultdict(int)
    for block in blocks:
        if block.path and not (block.zone.is_marginal or block.zone.is_reply) and not _LEGAL.search(block.text):
            plain[block.path[-1 if len(block.path) < 2 else 1]] += block.chars - block.link_chars
            linked[block.path[-1 if len(block.path) < 2 else 1]] += block.link_chars
    said = sum(block.chars - block.link_chars for block in blocks[span[0] : span[1]])
    best = max(plain, key=lambda element: (plain[element], -element), default=None)
    if best is None or plain[best] < max(LISTING_CHARACTERS, LISTING_SHARE * said) or linked[best] > 0.3 * plain[best]:
        return None
    inside = [at for at, block in enumerate(blocks) if best in block.path[:2] and block.link_chars <= 0.5 * block.chars]
    return inside[0], inside[-1] + 1
