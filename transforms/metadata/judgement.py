"""The seed tables that reading the margins of a page rests on, as patterns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from transforms.hanzi import HAN

# Where the rules of a part of seeds/page_patterns.csv must stand, if not anywhere.
FRAMES = {
    "medium_ending": "(?:{})$",
    "medium": "^(?:{})$",
    "section": "^(?:{})$",
    "no_name": "^(?:{})$",
    "no_name_ending": "(?:{})$",
    "site_name": "(?:{})$",
    "title_label": r"^(?:文件)?(?:{})\s*:",
    "links_heading": r"[\p{L}--要](?:{})\W*$",
    "sources_heading": r"^[【\[(]?(?:{})[】\])]?\s?:?$",
}


@dataclass(frozen=True)
class Judgement:
    """Seed frames of strings: agencies (agency, alias), cues (cue_id, role, pattern), places (place), surnames (surname,
    is_everyday_word), patterns (part, pattern)."""

    agencies: pl.DataFrame
    cues: pl.DataFrame
    places: pl.DataFrame
    surnames: pl.DataFrame
    patterns: pl.DataFrame

    @cached_property
    def agency_pattern(self) -> str:
        """Alternatives of every alias, the longest first."""
        return _alternatives(self.agencies["alias"])

    @cached_property
    def place_pattern(self) -> str:
        """Alternatives of every dateline place, the longest first, with the rank it may carry."""
        return f"(?:{_alternatives(self.places['place'])})(?:特区|[省市县州区]|机场)?"

    @cached_property
    def name_pattern(self) -> str:
        """A surname that begins no words, and one or two characters."""
        surnames = self.surnames.filter(pl.col("is_everyday_word") == "0")["surname"]
        return rf"(?:{_alternatives(surnames)})[{HAN}]{{1,2}}"

    @cached_property
    def surname_pattern(self) -> str:
        """Alternatives of every surname, also of those that are words of every day."""
        return f"(?:{_alternatives(self.surnames['surname'])})"

    @cached_property
    def medium_pattern(self) -> str:
        """What papers, sites, stations and accounts are called: by what their names end in, or known by themselves."""
        named = rf"[{HAN}A-Za-z0-9·]{{1,14}}(?:{self.listed('medium_ending')})"
        return rf"(?:{named}|{self.listed('medium')})"

    @cached_property
    def no_name(self) -> str:
        """A word that begins or looks like the name of a person and is none."""
        return f"{self.framed('no_name')}|{self.framed('no_name_ending')}"

    def listed(self, part: str) -> str:
        """The alternatives of a part."""
        return "|".join(self.patterns.filter(pl.col("part") == part)["pattern"])

    def framed(self, part: str) -> str:
        """The rules of a part as one pattern, standing where they must."""
        return FRAMES.get(part, "{}").replace("{}", self.listed(part))


def _alternatives(words: pl.Series) -> str:
    return "|".join(sorted(words.unique().to_list(), key=lambda word: (-len(word), word)))
