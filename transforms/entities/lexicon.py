"""The seeds as the walkers need them: compiled once a run, handed around as one value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

DIGITS = "0-9零〇一二三四五六七八九十百千万亿"


@dataclass(frozen=True)
class Lexicon:
    """Word lists of the seeds, and what is derived from them."""

    surnames: frozenset[str]
    plain_surnames: frozenset[str]
    titles: frozenset[str]
    given: frozenset[str]
    never_given: frozenset[str]
    transliteration: frozenset[str]
    known: dict[str, tuple[str, str]]
    suffixes: dict[str, tuple[str, str]]
    suffix: re.Pattern[str]
    title_end: re.Pattern[str]


def alternation(words: Iterable[str]) -> str:
    """The words as one regex group, longest first so that the first match is the longest."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


def lexicon(
    names: pl.DataFrame,
    surnames: pl.DataFrame,
    titles_roles: pl.DataFrame,
    org_suffixes: pl.DataFrame,
    name_characters: pl.DataFrame,
) -> Lexicon:
    """Compile the seed frames; `names` is the gazetteer with one row per surface."""
    roles = {role: frozenset(characters) for role, characters in name_characters.select("role", "characters").rows()}
    titles = frozenset(titles_roles["title"].to_list())
    suffixes = {
        suffix: (subtype, strength)
        for suffix, subtype, strength in org_suffixes.select("suffix", "entity_subtype", "strength").rows()
    }
    return Lexicon(
        surnames=frozenset(surnames["surname"].to_list()),
        plain_surnames=frozenset(surnames.filter(pl.col("is_everyday_word") == "0")["surname"].to_list()),
        titles=titles,
        given=roles["given"],
        never_given=roles["never_given"],
        transliteration=roles["transliteration"],
        known={
            surface: (kind, subtype)
            for surface, kind, subtype in names.select(
                "surface", "entity_type", pl.col("entity_subtype").fill_null("")
            ).rows()
        },
        suffixes=suffixes,
        suffix=re.compile(f"(?:{alternation(suffixes)})"),
        title_end=re.compile(f"(?:{alternation(titles)})$"),
    )
