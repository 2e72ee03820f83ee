"""What several readers of a page ask of its words: its letters, one line of it, where sentences end, parts of patterns."""

from __future__ import annotations

import re

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
SENTENCE_ENDS = ("。", "！", "？", "…", "!", "?")
# Parts of patterns, in both scripts.
WEEKDAY = "(?:星期|[周週])[一二三四五六日天]"
AUTHOR = "(?:作者|撰文)"
EDITOR = "(?:(?:[责責]任)?[编編][辑輯]|[责責][编編])"
REPORTER = "(?:[记記]者|通[讯訊][员員])"
SOURCE = "(?:[来來]源|稿源)"
TIME_UNIT = "(?:秒[钟鐘]?|分[钟鐘]|小[时時]|天|[周週]|星期|[个個]月|月|年)"
FORUM = "(?:[论論][坛壇]|社[区區]|[贴貼]吧|股吧|[讨討][论論][区區]|[问問]答|BBS)"

_NO_LETTER = re.compile(r"[\W_]+")
_BLANK = re.compile(r"\s+")


def letters(text: str) -> str:
    """A text without blanks and punctuation."""
    return _NO_LETTER.sub("", text)


def one_line(text: str) -> str:
    """A text on one line, each run of blanks as one."""
    return _BLANK.sub(" ", text).strip()


def told_line(text: str) -> str:
    """What a title is read from: the beginning of a text on one line, without letters of no width."""
    return one_line(text[:4000].replace("\u200b", ""))[:400]
