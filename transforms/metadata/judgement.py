"""The seed tables that reading metadata rests on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import polars as pl


@dataclass(frozen=True)
class Judgement:
    """Seed frames of strings: agencies (agency, alias), cues (cue_id, role, pattern), places (place), surnames (surname)."""

    agencies: pl.DataFrame
    cues: pl.DataFrame
    places: pl.DataFrame
    surnames: pl.DataFrame

    @cached_property
    def agency_pattern(self) -> str:
        """Alternatives of every alias, the longest first."""
        return _alternatives(self.agencies["alias"])

    @cached_property
    def place_pattern(self) -> str:
        """Alternatives of every dateline place, the longest first, with the rank it may carry."""
        return f"(?:{_alternatives(self.places['place'])})(?:特区|[省市县州区]|机场)?"


def _alternatives(words: pl.Series) -> str:
    return "|".join(sorted(words.unique().to_list(), key=lambda word: (-len(word), word)))
