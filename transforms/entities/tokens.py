"""The words of all documents in one column, and what is known of each distinct word: the ground every finder walks on."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from transforms.entities.lexicon import Lexicon
from transforms.entities.vocabulary import facts
from transforms.words import BOUNDARY, coded

PARAGRAPH = "\n"
LONGEST = 16
"""Words a name may have."""


@dataclass(frozen=True)
class Tokens:
    """Words as numbers, document after document, a PARAGRAPH after each text: no name reaches from one into the next.

    doc: number of the document a word stands in, word by word.
    code: the word, as a row of `facts`.
    facts: one row per distinct word: `word`, and the columns of `vocabulary.facts`.
    """

    doc: pl.Series
    code: pl.Series
    facts: pl.DataFrame

    def at(self, place: pl.Series, fact: str) -> pl.Series:
        """The fact about the word at each place; places beyond the ends read a PARAGRAPH."""
        return self.facts[fact].gather(self.code.gather(_within(place, len(self.code))))

    def where(self, fact: str) -> pl.Series:
        """Every place whose word has the fact, in reading order."""
        return self.facts[fact].gather(self.code).arg_true().cast(pl.Int64)

    def crosses(self, begin: pl.Series, end: pl.Series) -> pl.Series:
        """Whether spans (bytes from the start of all texts) cut a word that does not hold them whole: 力拓 in 努力|拓展."""
        stops = self.facts["bytes"].gather(self.code).cum_sum()
        starts = stops - self.facts["bytes"].gather(self.code)
        first = starts.search_sorted(begin, side="right").cast(pl.Int64) - 1
        last = starts.search_sorted(end - 1, side="right").cast(pl.Int64) - 1
        head = (starts.gather(first) < begin) & (stops.gather(first) < end)
        return head | (stops.gather(last) > end) & (starts.gather(last) > begin)

    def spelt(self, first: pl.Series, last: pl.Series) -> pl.Series:
        """The words from `first` to `last`, joined; at most LONGEST."""
        reach = min(int((last - first).max() or 0) + 1, LONGEST) if len(first) else 1  # pyright: ignore[reportArgumentType]
        words = [self.at(first + step, "word").rename(str(step)) for step in range(reach)]
        size = (last - first).rename("size")
        parts = [pl.when(pl.col("size") >= step).then(str(step)).otherwise(pl.lit("")) for step in range(reach)]
        return pl.DataFrame([*words, size]).select(name=pl.concat_str(parts))["name"]


def _within(place: pl.Series, height: int) -> pl.Series:
    """The place, or for one beyond the ends the last, where the PARAGRAPH of the last text stands."""
    last = max(height - 1, 0)
    return place.to_frame("place").select(
        pl.when(pl.col("place").is_between(0, last)).then("place").otherwise(last).cast(pl.Int64)
    )["place"]


def tokens_of(documents: pl.DataFrame, segmentations: pl.DataFrame, lexicon: Lexicon) -> Tokens:
    """The words of body, title and headings of each document, in the order of `documents`."""
    known = documents.select("document_id").join(
        segmentations, on="document_id", how="left", maintain_order="left", validate="1:1"
    )
    texts = pl.concat_str(
        [pl.col(part).fill_null("") for part in ("body_words", "title_words", "heading_words")],
        separator=BOUNDARY + PARAGRAPH + BOUNDARY,
    )
    words, found = coded(known.select(words=texts + BOUNDARY + PARAGRAPH)["words"])
    return Tokens(found["row"].cast(pl.UInt32), found["code"], facts(words, lexicon))
