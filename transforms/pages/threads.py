"""Threads: pages on which many write. What was posted, in order, without who, when and the buttons around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from transforms.pages.moment import date_in
from transforms.pages.outline import Block, page_title
from transforms.pages.recurrence import (
    FLOOR,
    REPEATED,
    STAMPED_SHARE,
    Recurrence,
    is_comments_heading,
    is_stamp,
    kind_of,
    label_kinds,
    recurrence,
    says,
)
from transforms.pages.wording import HEADINGS, SENTENCE_ENDS, Words, letters

MIN_EVIDENCE = 2
QUOTED_LETTERS = 4
PIECE, REPEATED_SHARE = 5, 0.5  # letters of a quotation looked for at once, and how many of them show that it is one
LABEL_LETTERS = 6  # of a heading that is no headline
LABEL_CHARACTERS = 60
LINE_CHARACTERS = 15  # of a text without punctuation that says something
_OUTLET = r"(?:<source>|<chief_editor>)\s*[:：]"
_NAMES = "(?i:<forum>|<thread_title>)"
# Who wrote a reply, and to whom: '木子: 同意', '木子 回复 阿海: 同意'.
_SIGNED = r"^([^\s:：]{1,20})(?:\s<replied>\s(\S{1,20}))?\s?[:：]\s?(?=\S)"
# A reply that is a title alone, with who wrote it, how long it is and how often it was read.
_TITLED = r"^[•·\s]*(\S.*?)\s(?:-\s?\S{1,20}?\s?-?\s*[♀♂]?\s*)?[(（]\d+ ?<size_unit>[)）](?:\s*-\s?\S{1,20}\s.*|.*)$"
# What boards write around a post and before what was pushed below it.
_OF_BOARD = re.compile(r"^(?:[推噓嘘→] \w{2,16}|※ .+|(?:作者|看板) \w{2,16}\s?(?:\(.*\))?|[標标][題题] .+)$")
_ADDRESSED = r"^\S{1,20} <replied>(?: \(|$)"
_CONTROL = (
    r"(?:[\s\d,.:/|·・#()（）\[\]【】+-]|<control>|\d+\s?<time_unit>前|\d{4}年\d{1,2}月\d{1,2}日|"
    r"\d+\s?(?:s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?|weeks?|months?|years?) ago)+"
)
# What is told of who wrote a post: '级别: 学徒 威望: 12 注册: 15-03-01'.
_PROFILE = r"(?:<profile>\s?[:：]\s?\S{1,12}\s*){2,}"
_QUOTE_MARK = re.compile(r"\[/?quote(?:=[^\]]*)?\]", re.IGNORECASE)
_EDITED = "^<edited>"
# What forum software writes above a quotation: '引用第1楼木子于2024-05-01 08:30发表的:', 'lazycat 写道：'.
_QUOTED_FROM = r"^(?:\[quote(?:=[^\]]*)?\].{0,60}[:：]$|<quoted>)"


def is_thread(
    words: Words, tree: LexborHTMLParser, page: str, blocks: list[Block], shape: Recurrence | None, headline: int = 0
) -> bool:
    """Whether a page is one on which many write: its shape says so, or address, software, markup and words together.

    `headline` is the first block that repeats the page's title.
    """
    if shape is None and not any(block.zone.is_reply and not block.zone.is_fringe for block in blocks):
        return False
    labels = "\n".join(block.text for block in blocks if block.chars < LABEL_CHARACTERS)
    opens = any(block.tag == "h1" and block.zone.is_reply for block in blocks)
    evidence = (
        2 * opens
        + (words.shaped["<thread_word>"].search(labels) is not None)
        + (words.shaped[_NAMES].search(page_title(tree)) is not None)
    )
    if words.shaped["<commented>"].search(labels) is None and shape is not None:
        evidence += words.shaped["<sure_thread_word>"].search(labels) is not None
    if words.shaped[_OUTLET].search(labels) is not None or any(kind in page for kind in words.listed["news_type"]):
        return False
    is_shaped = shape is not None and (shape.is_thread or (not headline and _is_microblog(words, blocks, shape)))
    if shape is not None and is_shaped and not _is_commented(words, blocks[headline : shape.first]):
        return True
    if evidence:
        address = _address(tree)
        evidence += words.shaped["<forum_address>"].search(address) is not None and date_in(address) is None
    if evidence == 1:
        evidence += any(kind in page for kind in words.listed["thread_type"])
        evidence += (
            any(mark in page for mark in words.listed["forum_markup"])
            or words.shaped["<forum_software>"].search(_generator(tree)) is not None
        )
    if evidence < MIN_EVIDENCE and words.shaped["<commented>"].search(labels) is None:
        below = blocks[headline:]
        is_first = _begins_posted(below)
        evidence += is_first + ((is_first or _begins_numbered(below)) and _has_floors(blocks))
    return evidence >= MIN_EVIDENCE


def _is_commented(words: Words, opening: list[Block]) -> bool:
    """Whether a text and then the heading of its readers' comments stand above the first reply."""
    heading = next((at for at, block in enumerate(opening) if is_comments_heading(words, block)), 0)
    return any(block.marks >= 2 and says(block) and not block.zone.is_marginal for block in opening[:heading])


def _is_microblog(words: Words, blocks: list[Block], shape: Recurrence) -> bool:
    """Whether a page without a headline begins with a post under its moment, as its replies do."""
    if len(shape.holders) < REPEATED or shape.stamped <= STAMPED_SHARE or not blocks[shape.first].zone.is_reply:
        return False
    opening = [block for block in blocks[: shape.first] if not block.zone.is_marginal]
    if any(block.tag in HEADINGS and block.chars > LABEL_LETTERS for block in opening):
        return False
    first = next((at for at, block in enumerate(opening) if block.marks and _is_prose(block)), 0)
    return any(is_stamp(words, block) for block in opening[:first])


def _has_floors(blocks: list[Block]) -> bool:
    """Whether posts are numbered, each with a number of its own."""
    labels = (block.text for block in blocks if block.chars < LABEL_CHARACTERS and not block.zone.is_marginal)
    return len({found[0] for text in labels if (found := FLOOR.search(text))}) >= REPEATED


def _begins_numbered(blocks: list[Block]) -> bool:
    """Whether the number of a post stands above all that is said."""
    is_said = (says(block) and block.chars >= LINE_CHARACTERS and _is_prose(block) for block in blocks)
    said = next((at for at, is_first in enumerate(is_said) if is_first), 0)
    return any(block.chars < LABEL_CHARACTERS and FLOOR.search(block.text) for block in blocks[:said])


def _begins_posted(blocks: list[Block]) -> bool:
    """Whether nothing is said above the first post: readers' comments stand below an article."""
    said = (block for block in blocks if block.marks or block.chars >= LINE_CHARACTERS)
    first = next((block for block in said if _is_prose(block)), None)
    return first is not None and first.zone.is_reply


def _is_prose(block: Block) -> bool:
    zone = block.zone
    return not (zone.is_marginal or zone.is_fringe) and block.chars > 2 * block.link_chars and block.tag not in HEADINGS


def _generator(tree: LexborHTMLParser) -> str:
    node = (tree.head or tree).css_first('meta[name="generator"]')
    return (node.attributes.get("content") or "") if node else ""


def _address(tree: LexborHTMLParser) -> str:
    head = tree.head or tree
    named = head.css_first('link[rel="canonical"]'), head.css_first('meta[property="og:url"]')
    return " ".join(node.attributes.get("href") or node.attributes.get("content") or "" for node in named if node)


def posts(words: Words, blocks: list[Block], shape: Recurrence | None, headline: int = 0) -> list[Block]:
    """The blocks of a thread that are what was posted; nothing is above its `headline`."""
    often = Counter(block.text for block in blocks)
    if shape is None and not any(block.zone.is_reply and says(block) and _stands_in_post(block) for block in blocks):
        shape = recurrence(words, blocks, headline, at_fringe=True)
    begun = headline if shape is None or headline <= shape.first else 0
    if shape is None:
        return [
            block for block in blocks[begun:] if _stands_in_post(block) and _is_told(words, block, often[block.text])
        ]
    dull = label_kinds(words, blocks)
    opened = shape.first if not headline and _is_microblog(words, blocks, shape) else 0
    before = {kind_of(block) for block in blocks[: shape.end] if says(block)}
    asked = _opening(words, blocks[begun : shape.first], dull) if headline and begun else frozenset[int]()
    return [
        block
        for at, block in enumerate(blocks)
        if at >= begun
        and _is_told(words, block, often[block.text])
        and (
            _holds(words, shape, block)
            or (at < shape.first and not asked.isdisjoint(block.path[:1]))
            or (
                _is_beside(words, block, shape, dull, opens=at < opened)
                and (at < shape.end or kind_of(block) in before)
            )
        )
    ]


def _holds(words: Words, shape: Recurrence, block: Block) -> bool:
    """Whether a block is of a post, neither its stamp nor what a margin holds that is called the same."""
    is_apart = is_stamp(words, block) and shape.holders.isdisjoint(block.path[:1])
    return shape.holds(block) and not (is_apart or block.zone.is_marginal)


def _opening(words: Words, blocks: list[Block], dull: Container[str]) -> frozenset[int]:
    """The elements between headline and first reply that say something: the opening post, whatever it is called."""
    return frozenset(
        block.path[0]
        for block in blocks
        if block.path
        and says(block)
        and (block.marks > 1 or block.text.endswith(SENTENCE_ENDS) or block.chars >= LABEL_CHARACTERS)
        and not (block.zone.is_marginal or block.zone.is_fringe or is_stamp(words, block))
        and block.tag not in HEADINGS
        and kind_of(block) not in dull
    )


def unrepeated(words: Words, posted: list[Block], page: list[Block]) -> list[Block]:
    """What was posted, without who said it before the text, and without quotations of what stands above them.

    `page`: all its blocks; names stand beside the posts.
    """
    beside = [block.text for block in page if block.zone.is_fringe and block.chars <= LABEL_CHARACTERS]
    kept: list[Block] = []
    said = ""
    for block in posted:
        own = letters(_QUOTE_MARK.sub("", block.text))
        if _is_quoted(block) and _repeats(own, said):
            continue
        kept.append(_unsigned(words, block, beside))
        said += own
    return kept


def _repeats(own: str, said: str) -> bool:
    """Whether the letters of a quotation were said before: a name may stand before them, their end may be cut."""
    third = len(own) // 3
    if len(own) < QUOTED_LETTERS:
        return False
    pieces = [own[at : at + PIECE] for at in range(0, len(own) - PIECE + 1, PIECE)]
    again = sum(piece in said for piece in pieces)
    return own[third:] in said or own[:-third] in said or again > REPEATED_SHARE * len(pieces) > 0


def _unsigned(words: Words, block: Block, beside: list[str]) -> Block:
    """A comment without the names before it, links or told `beside`: 'lazycat: 一起去'; a title without its tail."""
    if (titled := untailed(words, block.text)) != block.text:
        return replace(block, text=titled, chars=len(titled), link_chars=0)
    signed = words.shaped[_SIGNED].match(block.text)
    if signed is None:
        return block
    name, addressed = signed[1], signed[2] or ""
    is_linked = block.link_chars == len(name + addressed)
    is_told = len(name) > 1 and any(text.startswith(name) for text in beside)
    if not (is_linked or is_told):
        return block
    text = block.text[signed.end() :]
    return replace(block, text=text, chars=len(text), link_chars=0)


def untailed(words: Words, text: str) -> str:
    """A reply that is a title alone without who wrote it and how long it is; any other text as it is."""
    titled = words.shaped[_TITLED].match(text) if ")" in text or "）" in text else None
    return titled[1] if titled else text


def _is_quoted(block: Block) -> bool:
    """Whether the names around a block, or a mark at its end, say that it quotes."""
    return block.text.endswith("[/quote]") or any("quote" in block.called[element].lower() for element in block.path)


def _stands_in_post(block: Block) -> bool:
    """Whether the names around a block say that it was posted."""
    zone = block.zone
    return (zone.is_reply or zone.is_central) and not (zone.is_marginal or zone.is_fringe)


def _is_beside(words: Words, block: Block, shape: Recurrence, dull: Container[str], *, opens: bool) -> bool:
    """Whether a block in no element that recurs was posted all the same: an opening post, a comment on an answer.

    `opens`: it stands above the replies of a microblog.
    """
    if not _stands_in_post(block) or (shape.is_thread and not (opens or block.zone.is_reply)):
        return False
    return kind_of(block) not in dull and not is_stamp(words, block)


def _is_told(words: Words, block: Block, count: int) -> bool:
    """Whether a block is neither a link nor a control of the page."""
    if block.link_chars > 0.5 * block.chars and not block.text.startswith(("http", "@")):
        return False
    if count >= REPEATED and block.chars <= 12 and not block.marks:
        return False
    if block.link_chars and words.shaped[_ADDRESSED].match(block.text):
        return False
    if block.chars <= LABEL_CHARACTERS and (
        words.shaped[_QUOTED_FROM].match(block.text) or _OF_BOARD.match(block.text)
    ):
        return False
    if (
        words.shaped[_CONTROL].fullmatch(block.text) is not None
        or words.shaped[_PROFILE].fullmatch(block.text) is not None
    ):
        return False
    return words.shaped[_EDITED].match(block.text) is None
