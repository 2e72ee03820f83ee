"""The seed tables that reading the margins of a page rests on, as patterns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from transforms.hanzi import HAN
from transforms.shapes import alternatives, filled, framed

# Where the words of a part of seeds/page_patterns.csv must stand, if not anywhere.
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
    "no_source": "^(?:{})$",
    "no_station": "^(?:{})$",
    "ahead": "(?:{})$",
    "behind": "^(?:{})",
    "unfinished": "^(?:{})$",
    "no_opening": "^(?:{})$",
    "opening": "^(?:{})$",
    "weak_ending": "(?:{})$",
    "decree": "(?:{})$",
    "digits_and_unit": r"^[0-9]+(?:\.[0-9]+)?(?:{})",
    "unit": "^(?:{})",
}


@dataclass(frozen=True)
class Judgement:
    """Seed frames of strings: agencies (agency, alias), cues (cue_id, role, pattern), places (place), surnames (surname,
    is_everyday_word), patterns (part, pattern), months (name, month)."""

    agencies: pl.DataFrame
    cues: pl.DataFrame
    places: pl.DataFrame
    surnames: pl.DataFrame
    patterns: pl.DataFrame
    months: pl.DataFrame

    @cached_property
    def parts(self) -> dict[str, str]:
        """The alternatives of every part; any_medium: a name of paper, site, station or account, by its end or as known."""
        parts = alternatives(self.patterns.select("part", "pattern").iter_rows())
        named = rf"[{HAN}A-Za-z0-9·]{{1,14}}(?:{parts['medium_ending']})"
        return parts | {"any_medium": f"{named}|{parts['medium']}"}

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

    @property
    def medium_pattern(self) -> str:
        """What papers, sites, stations and accounts are called."""
        return self.shaped("<any_medium>")

    @cached_property
    def no_name(self) -> str:
        """A word that begins or looks like the name of a person and is none."""
        return f"{self.framed('no_name')}|{self.framed('no_name_ending')}"

    def framed(self, part: str) -> str:
        """The words of a part as one pattern, standing where they must."""
        return framed(part, self.parts, FRAMES)

    def shaped(self, shape: str) -> str:
        """The pattern of a shape, in which `<part>` is one of the words of a part."""
        return filled(shape, self.parts, FRAMES)


def _alternatives(words: pl.Series) -> str:
    return "|".join(sorted(words.unique().to_list(), key=lambda word: (-len(word), word)))
