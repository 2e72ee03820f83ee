"""Bulletin boards of terminals, as web pages show them: what was posted and pushed, without what the board adds."""

from __future__ import annotations

import re
from dataclasses import replace

from transforms.pages.outline import Block
from transforms.pages.wording import letters

_STATION = re.compile(r"[发發]信站\s*[:：]")
# Lines only such a board writes; the element one stands in holds a post.
_SURE = re.compile(r"^(?:[发發]信[站人]\s*[:：]|※\s*(?:[发發]信站|文章[网網]址)\s*[:：]|※\s*[来來]源\s*[:：]\s*·)")
_HEAD = re.compile(
    r"^(?:(?:[发發]信人|[发發]信站|寄信人|[标標]\s*[题題]|信[区區]|[时時]\s*[间間])\s*[:：]|作者\s*[:：]?\s*\w+ \(|"
    r"看板\s*[:：]?\s*\w+$|[时時][间間]\s*\w{3} \w{3}\s+\d|[标標][题題](?=\S))"
)
HEAD_LINES = 6
_FOOT = re.compile(r"^※")
_SIGNATURE = re.compile(r"^--\s*$")
_QUOTED_FROM = re.compile(r"^(?:【?\s*在 ?\S+ ?(?:\([^)]*\) )?的大作中提到|※ ?引述|.{0,4}引述《)")
_QUOTED = re.compile(r"^(?:[:：>]\s?)+")
QUOTED_LETTERS = 4
# What a post is called in a line above it.
_SUBJECT = re.compile(r"^(?:文章|帖子)?(?:主\s*[题題]|[标標]\s*[题題])\s*[:：]\s*(\S.{3,100})$")
_PUSHED = re.compile(
    r"^(?:推|噓|嘘|→)\s*\w{2,16}\s*[:：]\s?(.*?)\s*(?:\d{1,3}(?:\.\d{1,3}){3})?\s*(?:[01]\d/[0-3]\d(?:\s[0-2]\d:[0-5]\d)?)?$"
)


def is_bulletin(blocks: list[Block]) -> bool:
    """Whether a page shows such a board, which names its station below or above every post."""
    return any("信站" in block.text and _STATION.search(block.text) for block in blocks)


def unpushed(block: Block) -> Block:
    """A comment pushed below a post without who and when, a quoted line without the mark before it."""
    pushed = _PUSHED.match(block.text)
    text = pushed[1] if pushed else _QUOTED.sub("", block.text)
    return block if text == block.text else replace(block, text=text, chars=len(text))


def unquoted(lines: list[Block]) -> list[Block]:
    """The lines without quotations of what stands above them, the others without the marks of quoting and pushing."""
    kept: list[Block] = []
    said = ""
    for line in lines:
        plain = unpushed(line)
        own = letters(plain.text)
        if len(own) >= QUOTED_LETTERS and own in said and _QUOTED.match(line.text):
            continue
        kept.append(plain)
        said += own
    return kept


def subject(blocks: list[Block]) -> str | None:
    """What a line above the first post calls it: '标题: 周末去哪里爬山'."""
    found = (_SUBJECT.match(block.text) for block in blocks if not block.link_chars)
    return next((match[1].strip() for match in found if match), None)


def bulletin_posts(blocks: list[Block]) -> list[Block]:
    """The lines of a page of such a board that somebody posted; none where it is no such page."""
    holders = {block.path[0] for block in blocks if block.path and _SURE.match(block.text)}
    found: list[Block] = []
    head, is_signature, place = 0, False, 0
    for block in blocks:
        within = next((element for element in block.path if element in holders), 0)
        if within != place:
            place, head, is_signature = within, HEAD_LINES, False
        is_added = _FOOT.match(block.text) is not None or (head > 0 and _HEAD.match(block.text) is not None)
        is_signature = (is_signature and not is_added) or _SIGNATURE.match(block.text) is not None
        if within and block.text and not (is_added or is_signature or _QUOTED_FROM.match(block.text)):
            found.append(block)
        head -= 1
    return found
