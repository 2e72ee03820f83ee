"""Words of a clause with their parts of speech: the only place of this room that asks the segmenter."""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from typing import Any, NamedTuple


class Word(NamedTuple):
    """A word of a clause: its text, part of speech and place (code points)."""

    text: str
    tag: str
    start: int
    end: int


@cache
def _tagger() -> Any:
    """The segmenter, loaded at the first clause that needs it."""
    import rjieba

    return rjieba


def words(clause: str) -> list[Word]:
    """The clause cut into tagged words."""
    tagged: list[tuple[str, str]] = _tagger().tag(clause)
    ends = list(accumulate(len(text) for text, _ in tagged))
    return [Word(text, tag, end - len(text), end) for (text, tag), end in zip(tagged, ends, strict=True)]
