"""The words pages are read by, as their seeds list them, and what several readers of a page ask of its letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import polars as pl

from transforms.shapes import alternatives, filled

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
SENTENCE_ENDS = ("。", "！", "？", "…", "!", "?")
WEEKDAY = "(?:星期|[周週])[一二三四五六日天]"

# Names of elements are words between blanks, hyphens and underscores.
_NAMED = r"(?i:(?:^|[\s_-])(?:{})(?:$|[\s_\d-]))"
# Where the words of a part must stand, if not anywhere.
FRAMES = {
    **dict.fromkeys(("marginal", "central", "reply", "post", "fringe", "only_fringe", "caption"), _NAMED),
    **dict.fromkeys(("central_anywhere", "forum_address", "forum_software", "legal", "browser"), "(?i:{})"),
    **dict.fromkeys(("copyright", "commented", "more", "recently", "post_button"), "(?i:{})"),
    "site_ending": "(?i:(?:{})$)",
    "named_site": "(?:{})$",
    "body_ending": "(?:{})$",
    **dict.fromkeys(("platform", "outlet_class", "moment_attribute", "published_meta", "changed_meta"), "^(?:{})$"),
    "source_field": "(?i:(?:{})$)",
    "time_field": "(?i:(?:^|[-_])(?:{})$)",
}
_NO_LETTER = re.compile(r"[\W_]+")
_BLANK = re.compile(r"\s+")


class _Patterns(dict[str, re.Pattern[str]]):
    """The pattern of each shape, compiled when it is first asked for."""

    def __init__(self, parts: dict[str, str]) -> None:
        super().__init__()
        self.parts = parts

    def __missing__(self, shape: str) -> re.Pattern[str]:
        pattern = self[shape] = re.compile(filled(shape, self.parts, FRAMES))
        return pattern


class Words:
    """The words of one set of seeds. A reader of pages writes patterns as shapes: `<part>` is one of the words of a part.

    shaped: the pattern of each shape; listed: the words of each part, where those are no patterns; months: the number
    of each month by the first three letters of its name.
    """

    __slots__ = ("listed", "months", "shaped")

    def __init__(self, words: Sequence[tuple[str, str]], months: Sequence[tuple[str, int]]) -> None:
        """`words`: part and alternatives of each row, in order; `months`: name and number."""
        self.months = dict(months)
        parts = alternatives([("month", "|".join(self.months)), *words])
        self.shaped = _Patterns(parts)
        self.listed = {part: tuple(pattern.split("|")) for part, pattern in parts.items()}


def words_of(html_words: pl.DataFrame, month_names: pl.DataFrame) -> Words:
    """The words of these seed tables (`part, pattern` and `name, month`); the same ones for the same rows."""
    months = month_names.select("name", pl.col("month").cast(pl.Int64))
    return _words_of(tuple(html_words.select("part", "pattern").iter_rows()), tuple(months.iter_rows()))


_words_of = lru_cache(maxsize=4)(Words)


def letters(text: str) -> str:
    """A text without blanks and punctuation."""
    return _NO_LETTER.sub("", text)


def one_line(text: str) -> str:
    """A text on one line, each run of blanks as one."""
    return _BLANK.sub(" ", text).strip()


def told_line(text: str) -> str:
    """What a title is read from: the beginning of a text on one line, without letters of no width."""
    return one_line(text[:4000].replace("\u200b", ""))[:400]
