"""Meetings, fairs and contests: clauses that end in a word for one, less the sentence before the name."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import polars as pl

from transforms.entities.candidates import candidates, matches
from transforms.entities.doors import opened
from transforms.entities.lexicon import Lexicon, alternation
from transforms.letters import BMP, Classes, Letters, windows
from transforms.words import BOUNDARY, cut

ORDINAL = "(?:第[一二三四五六七八九十百0-9]+[届次])?"
WRITTEN = r"[\p{Han}A-Za-z0-9·]"


def meetings(letters: Letters, lexicon: Lexicon) -> pl.DataFrame:
    """Candidates (see candidates.py) for every meeting with a name."""
    meeting, another_word = (lexicon.patterns[part] for part in ("meeting", "another_word"))
    before, sort, none = (lexicon.patterns[part] for part in ("before_meeting", "meeting_sort", "no_meeting"))
    name = pl.col("surface")
    # No counted repetitions: they make the automaton of the regex engine large and slow. Lengths are checked afterwards.
    clauses = matches(_runs(letters, meeting), f"{WRITTEN}*{meeting}{another_word}?").filter(
        ~name.str.contains(f"{meeting}{another_word}$")
    )
    # 青禾论坛|年会, 人民代表大会|第四次会议: what is held within a meeting has its name as well.
    within = lexicon.patterns["within_meeting"]
    told = matches(clauses.select("doc", text="surface"), f"{ORDINAL}{WRITTEN}+?{meeting}{within}?")
    whole = told.with_columns(surface=name.str.replace(f"^.*{before}", ""))
    found = whole.with_columns(surface=_opened(whole["surface"], lexicon)).filter(
        name.str.len_chars().is_between(5, 30),
        ~name.str.contains(f"^{ORDINAL}{sort}*{meeting}$"),
        ~name.str.contains(none),
    )
    return candidates(found, "event", "meeting", strength=2)


def _runs(letters: Letters, meeting: str) -> pl.DataFrame:
    """Columns doc and text: every run of the letters clauses are written with that holds a word for a meeting.

    The words stand in the pattern as they are.
    """
    inside = letters.classes(_written()) > 0
    held = np.zeros(len(inside), bool)
    held[opened(letters, re.findall(r"\w+", meeting))] = True
    begin, end = windows(inside, np.ones(len(inside), bool), held & inside)
    return pl.DataFrame({"doc": letters.document(begin), "text": letters.spelt(begin, end)})


@cache
def _written() -> Classes:
    """The table of the letters WRITTEN for `Letters.classes`, and of all beyond the first plane of Unicode."""
    table = np.ones(BMP + 1, np.uint8)
    points = np.setdiff1d(np.arange(BMP), np.arange(0xD800, 0xE000))
    table[points] = pl.Series([chr(point) for point in points]).str.contains(WRITTEN).to_numpy()
    return table


def _opened(names: pl.Series, lexicon: Lexicon) -> pl.Series:
    """The names from behind the last word that only a sentence has: 也|希望|青禾|论坛."""
    outside = f"^(?:.*{BOUNDARY})?(?:{alternation(lexicon.words['outside_meeting'])}){BOUNDARY}"
    return cut(names).str.replace(outside, "").str.replace_all(BOUNDARY, "", literal=True)
