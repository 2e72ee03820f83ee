"""The words of all documents in one column, and what is known of each distinct word: the ground every finder walks on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from transforms.entities.lexicon import Lexicon
from transforms.entities.vocabulary import facts
from transforms.words import PARAGRAPH, PARTS, Pieces, pieces

Places = npt.NDArray[np.int64]
"""Places in the column of words."""
Flags = npt.NDArray[np.bool_]

LONGEST = 16
"""Words a name may have."""
SOUGHT = [
    "ails", "any_name", "business", "called", "coinage", "department", "drug", "duty", "ends_body", "ends_district", "family_name",
    "foreign_heart", "grafted", "group_word", "home", "joins", "known_body", "landform", "last_of_body", "leads_company", "leads_name", "lies", "lone_surname", "match", "road_number", "sentence_end", "site",
    "street", "tagged_place", "team", "team_word", "thing", "titled_name", "trade_alone", "unlisted_name", "whole_body", "whole_name",
]  # fmt: skip
"""Flags whose places are asked for: a fifth of all words has any of them."""


@dataclass(frozen=True)
class Tokens:
    """Words as numbers, document after document, a PARAGRAPH after each text: no name reaches from one into the next.

    doc: number of the document a word stands in, word by word.
    code: the word, as a place in `word`; LONGEST paragraphs stand before the first word and behind the last one, so
        that a finder may look beyond the ends.
    word: the distinct words; flags, numbers: what `vocabulary.facts` tells of each of them.
    """

    doc: npt.NDArray[np.uint32]
    code: Places
    word: pl.Series
    flags: dict[str, Flags]
    numbers: dict[str, npt.NDArray[np.int64]]

    def has(self, place: Places, flag: str) -> Flags:
        """Whether the word at each place has the flag."""
        return self.flags[flag][self.code[place + LONGEST]]

    def count(self, place: Places, number: str) -> npt.NDArray[np.int64]:
        """The number known of the word at each place: `size` or `family`."""
        return self.numbers[number][self.code[place + LONGEST]]

    def words(self, place: Places) -> pl.Series:
        """The word at each place."""
        return self.word.gather(self.code[place + LONGEST])

    def every(self, flag: str) -> Flags:
        """The flag of every word, in reading order."""
        return self.flags[flag][self.code[LONGEST:-LONGEST]]

    @cached_property
    def ends(self) -> Places:
        """Where every word ends, in letters from the beginning of the first text."""
        return np.cumsum(self.numbers["size"][self.code[LONGEST:-LONGEST]])

    def where(self, flag: str) -> Places:
        """Every place whose word has the flag, in reading order."""
        if flag not in SOUGHT:
            return np.flatnonzero(self.every(flag))
        return self.sought[self.flags[flag][self.code[self.sought + LONGEST]]]

    @cached_property
    def sought(self) -> Places:
        """The places of words with any flag of SOUGHT."""
        either = np.logical_or.reduce([self.flags[flag] for flag in SOUGHT])
        return np.flatnonzero(either[self.code[LONGEST:-LONGEST]])

    def said_in_sentence(self, place: Places, flag: str) -> Places:
        """How many words of the sentence around each place have the flag."""
        ends = np.concatenate([[-1], self.where("sentence_end"), [len(self.doc)]])
        sentence = np.searchsorted(ends, place)
        found = self.where(flag)
        return np.searchsorted(found, ends[sentence]) - np.searchsorted(found, ends[sentence - 1], side="right")

    def documents(self, place: Places) -> npt.NDArray[np.uint32]:
        """The document of each place; of one beyond the ends the nearest."""
        return self.doc[np.clip(place, 0, max(len(self.doc) - 1, 0))]

    def spelt(self, first: Places, last: Places) -> pl.Series:
        """The words from `first` to `last`, joined; at most LONGEST."""
        size = last - first
        if not len(first):
            return pl.Series("name", [], pl.String)
        reach = min(int(size.max()) + 1, LONGEST)
        parts = [self.words(first).rename("0")]
        # Names are short: the words behind the first are looked up where there are any.
        for step in range(1, reach):
            there = np.flatnonzero(size >= step)
            column = pl.Series(str(step), [""], pl.String).new_from_index(0, len(first))
            parts.append(column.scatter(there, self.words(first[there] + step)))
        return pl.DataFrame(parts).select(name=pl.concat_str(pl.all()))["name"]

    def named(self, first: Places, last: Places) -> pl.DataFrame:
        """Columns doc and surface: the words from `first` to `last`, joined, and the document they stand in."""
        return pl.DataFrame({"doc": self.documents(last), "surface": self.spelt(first, last)})


def tokens_of(documents: pl.DataFrame, segmentations: pl.DataFrame, lexicon: Lexicon) -> Tokens:
    """The words of body, title and headings of each document, in the order of `documents`."""
    ids = documents["document_id"]
    if not ids.equals(segmentations["document_id"]):
        asked = documents.select("document_id")
        segmentations = asked.join(
            segmentations, on="document_id", how="left", maintain_order="left", validate="1:1"
        ).with_columns(pl.col(PARTS).fill_null(""))
    return tokens(pieces(segmentations), lexicon)


def tokens(found: Pieces, lexicon: Lexicon) -> Tokens:
    """Tokens of the pieces of all documents."""
    flags, numbers = facts(found.distinct, lexicon)
    edge = np.full(LONGEST, found.distinct.index_of(PARAGRAPH) or 0)
    return Tokens(
        doc=found.row,
        # As wide as an address: anything narrower is widened anew whenever a flag is looked up.
        code=np.concatenate([edge, found.code, edge]).astype(np.intp),
        word=found.distinct,
        flags=flags,
        numbers=numbers,
    )
