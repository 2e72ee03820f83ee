"""Segmentation: the words of documents in reading order, and what is known about a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl
import rjieba

from transforms.hashed import places
from transforms.remembered import Remembered, latest
from transforms.tables.base import empty
from transforms.tables.enrichment import Segmentation

# A control character that clean text never holds: it carries the words of one text through one string.
BOUNDARY = "\x1f"
PARAGRAPH = "\n"
# Another one: it closes a text while its words are counted.
CLOSE = "\x1e"
PARTS = ["body_words", "title_words", "heading_words"]
"""The segmented texts of a document, in the order they are read."""
CORPUS_SIZE = 60_101_967
"""Occurrences of all words behind the segmenter's frequencies: the base of a word's rarity."""
COMMON = 11.0
"""Rarity below which a word is one of every day, and nobody's brand or place by itself."""
TITLE_WEIGHT = 3
ASCII = r"^[\x00-\x7F]*$"
Piece = TypeVar("Piece")
Codes = npt.NDArray[np.uint32]
FESTIVALS = ["春节", "元旦", "元宵", "清明节", "端午", "中秋", "中秋节", "国庆", "国庆日", "圣诞"]
RETAGGED = dict.fromkeys(["相机", *FESTIVALS], "n")
"""Parts of speech the segmenter's dictionary has wrong for news: 相机 is there 'as the chance offers', a festival a time
like 今晚. A correction of that dictionary, no judgement of ours about articles: what a word is told to be depends on nothing
but the word."""


@dataclass(frozen=True)
class Words:
    """The words of some documents, each word a number: numbers group, sort and join ten times faster than strings.

    document_ids: sorted; `row` below is a place in it.
    vocabulary: the distinct words, sorted; `code` below is a place in it. Every one has a letter or a Han character
        and at least two characters.
    sequence: one row per word in reading order: `row`, `ordinal`, `code`, `in_title`. `ordinal` counts every piece of
        the texts, punctuation too, so two words are neighbours when their ordinals are.
    """

    document_ids: pl.Series
    vocabulary: pl.Series
    sequence: pl.DataFrame

    @cached_property
    def counts(self) -> pl.DataFrame:
        """One row per document and word: `row`, `code`, `occurrences`, sorted; a title word counts three times."""
        row, code, in_title = (self.sequence[name].to_numpy() for name in ("row", "code", "in_title"))
        title = [np.flatnonzero(in_title)] * (TITLE_WEIGHT - 1)
        return tally(*(np.concatenate([every, *(every[some] for some in title)]) for every in (row, code)))


def tally(row: Codes, code: Codes, times: npt.NDArray[np.int64] | None = None) -> pl.DataFrame:
    """How often each pair of `row` and `code` stands side by side: `row`, `code`, `occurrences`, sorted.

    `times` says how often each pair counts.

    Both numbers go into one integer: sorting those and counting runs is ten times faster than a group by two columns.
    """
    both = row.astype(np.uint64)
    both <<= np.uint64(32)
    both |= code
    if times is not None:
        both = np.repeat(both, times)
    both.sort()
    first = np.flatnonzero(np.append(True, both[1:] != both[:-1])[: len(both)])
    kept = both[first]
    return pl.DataFrame(
        {
            "row": (kept >> np.uint64(32)).astype(np.uint32),
            "code": kept.astype(np.uint32),
            "occurrences": np.diff(np.append(first, len(both))),
        }
    )


def joint(high: str, low: str) -> pl.Expr:
    """Two columns of UInt32 as one of UInt64, which groups and sorts as the two of them do."""
    return (pl.col(high).cast(pl.UInt64) * 2**32 + pl.col(low).cast(pl.UInt64)).alias("joint")


def segmentations(documents: pl.DataFrame) -> pl.DataFrame:
    """One row per document, sorted: its texts cut into words (enrichment.Segmentation).

    `documents` has `document_id`, `title_hans`, `body_hans`, `headings` (List of Struct with `text_hans`). Every
    character stays, BOUNDARY stands between two words. Each text is segmented once a night, here and nowhere else: it
    is the dearest step of the whole enrichment.
    """
    if documents.is_empty():
        return empty(Segmentation)
    ordered = documents.sort("document_id")
    headings = pl.col("headings").list.eval(pl.element().struct.field("text_hans")).list.join("\n")
    return ordered.select(
        "document_id",
        title_words=cut(ordered["title_hans"]),
        body_words=cut(ordered["body_hans"]),
        heading_words=cut(ordered.select(headings).to_series()),
    )


def cut(texts: pl.Series) -> pl.Series:
    """Each text with BOUNDARY between its words; '' for an absent text."""
    pieces = segmenter().cut
    return pl.Series([BOUNDARY.join(pieces(text)) if text else "" for text in texts.to_list()], dtype=pl.String)


@cache
def segmenter() -> Any:
    """The segmenter with its own dictionary, untouched by what others add to theirs."""
    return rjieba.Jieba()


def coded(joined: pl.Series) -> tuple[pl.Series, pl.DataFrame]:
    """The distinct pieces of some segmented texts, and every piece as a number: `row` (place of the text), `code`.

    The numbers come from hashes: three times faster than a dictionary of strings, and a chance of 1 in 10^9 that two
    of 100,000 words share one.
    """
    pieces = joined.str.split(BOUNDARY).rename("word").to_frame().with_row_index("row").explode("word")
    hashed = pieces["word"].hash()
    first = hashed.arg_unique()
    return pieces["word"].gather(first), pl.DataFrame(
        {"row": pieces["row"], "code": places(hashed, hashed.gather(first))}
    )


@dataclass(frozen=True)
class Pieces:
    """Every piece of some segmented texts as a number: body, title and headings of one document after the other.

    distinct: the distinct pieces; `code` is a place in it.
    row: the document of each piece, as a place in the segmentations. part: the place in PARTS of the text it stands in;
        behind each text stands a PARAGRAPH, which is no part of it (len(PARTS)).
    """

    distinct: pl.Series
    row: npt.NDArray[np.uint32]
    code: npt.NDArray[np.uint32]
    part: npt.NDArray[np.uint8]


@latest
def pieces(segmentations: pl.DataFrame) -> Pieces:
    """All pieces of the segmentations (enrichment.Segmentation): names are looked for in them, and words counted."""
    closed = pl.concat_str([pl.col(part) + BOUNDARY + CLOSE for part in PARTS], separator=BOUNDARY)
    distinct, found = coded(segmentations.select(texts=closed)["texts"])
    code = found["code"].to_numpy().copy()
    closes = np.flatnonzero(code == (distinct.index_of(CLOSE) or 0))
    if len(closes) > len(PARTS) * segmentations.height:
        # A text holds the mark itself: another letter that is no part of a word stands in for it.
        return pieces(segmentations.with_columns(pl.col(PARTS).str.replace_all(CLOSE, "\ufffd", literal=True)))
    part = np.repeat((np.arange(len(closes)) % len(PARTS)).astype(np.uint8), np.diff(closes, prepend=-1))
    part[closes] = len(PARTS)
    # A text ends as a paragraph does.
    paragraph = distinct.index_of(PARAGRAPH)
    if paragraph is None:
        distinct = distinct.set(distinct == CLOSE, PARAGRAPH)
    else:
        code[closes] = paragraph
    return Pieces(distinct, found["row"].to_numpy(), code, part)


@latest
def words(segmentations: pl.DataFrame) -> Words:
    """The words of titles and bodies."""
    ids = segmentations["document_id"]
    ordered = segmentations if ids.is_sorted() else segmentations.sort("document_id")
    found = pieces(ordered)
    read = np.flatnonzero(found.part <= PARTS.index("title_words"))
    code = found.code[read]
    stands = np.zeros(len(found.distinct), bool)
    stands[code] = True
    kept = (_is_word(found.distinct) & pl.Series(stands)).arg_true()
    kept = kept.gather(found.distinct.gather(kept).arg_sort())
    vocabulary = found.distinct.gather(kept)
    place = np.full(len(found.distinct), len(kept), np.uint32)
    place[kept.to_numpy()] = np.arange(len(kept), dtype=np.uint32)
    code = place[code]
    told = np.flatnonzero(code < len(kept))
    read = read[told]
    sequence = pl.DataFrame(
        {
            "ordinal": read.astype(np.uint32),
            "row": found.row[read],
            "code": code[told],
            "in_title": found.part[read] == PARTS.index("title_words"),
        }
    )
    return Words(ordered["document_id"], vocabulary, sequence)


def _is_word(pieces: pl.Series) -> pl.Series:
    return (pieces.str.len_chars() > 1) & pieces.str.contains(r"[\p{Han}A-Za-z]")


@Remembered
def nature(vocabulary: pl.Series) -> pl.DataFrame:
    """One row per word, in its order: the columns of `rarities` and `tag` (part of speech)."""
    latin = pl.when(vocabulary.str.contains(ASCII)).then(pl.lit("eng")).otherwise(pl.lit("nx"))
    return rarities(vocabulary).with_columns(tag=pl.when("is_known").then(tags(vocabulary)).otherwise(latin))


@Remembered
def rarities(vocabulary: pl.Series) -> pl.DataFrame:
    """One row per word, in its order: `rarity`, `is_known` (to the dictionary).

    `rarity` is the natural logarithm of the corpus size over the word's frequency: 5 for 中国, 12 for 火星.
    """
    word, found = pl.col("word"), pl.col("frequency")
    # Three or four unknown characters are a name; more or fewer are as often a slip of the segmenter.
    likely = word.str.contains(ASCII) | word.str.len_chars().is_between(3, 4)
    asked = pl.Series("frequency", map(frequency, vocabulary.to_list()), pl.Int64)
    return pl.DataFrame([vocabulary.alias("word"), asked]).select(
        rarity=pl.when(found > 0)
        .then((CORPUS_SIZE / found.clip(2)).log())
        .otherwise(pl.when(likely).then(13.0).otherwise(10.0)),
        is_known=found > 0,
    )


def everyday(vocabulary: pl.Series) -> pl.Series:
    """Whether each word means itself before it names a place: 公安 and 国际, counties or parts of a name only in full."""
    known = rarities(vocabulary)
    return known["is_known"] & (known["rarity"] < COMMON) & ~tags(vocabulary).str.starts_with("ns")


def frequency(word: str) -> int:
    """How often a word stands in the corpus behind the segmenter, 0 for one its dictionary does not know."""
    known = segmenter()
    return max(known.suggest_freq(word), 1) if known.has_word(word) else 0


def tags(vocabulary: pl.Series) -> pl.Series:
    """The part of speech of every word, in its order: 'x' for a word the dictionary does not know."""
    return _tagged(vocabulary)["tag"]


@Remembered
def _tagged(vocabulary: pl.Series) -> pl.DataFrame:
    """In a sentence the segmenter tags unknown words too; alone it cuts them, which tells."""
    words = vocabulary.to_list()
    tagged: list[tuple[str, str]] = segmenter().tag(BOUNDARY.join(words))
    found = zip(words, _by_word(tagged, (BOUNDARY, "x"), len(words)), strict=True)
    told = [RETAGGED.get(word, pieces[0][1]) if len(pieces) == 1 else "x" for word, pieces in found]
    return pl.DataFrame({"tag": told}, schema={"tag": pl.String})


def parts(vocabulary: pl.Series) -> pl.Series:
    """For every word, in its order, the shorter words inside it, sorted: 火星探测器 holds 探测, 探测器 and 火星."""
    return _inside(vocabulary)["parts"]


@Remembered
def _inside(vocabulary: pl.Series) -> pl.DataFrame:
    words = vocabulary.to_list()
    pieces: list[str] = segmenter().cut_for_search(BOUNDARY.join(words))
    cut = zip(words, _by_word(pieces, BOUNDARY, len(words)), strict=True)
    found = [(word, re.findall(r"[a-z]+[0-9]*", word) if word.isascii() else inside) for word, inside in cut]
    told = [
        BOUNDARY.join(sorted({part for part in inside if len(part) > 1 and part != word})) for word, inside in found
    ]
    # Lists are made of strings ten times faster than of lists.
    return pl.DataFrame({"parts": told}, schema={"parts": pl.String}).select(
        pl.col("parts").str.extract_all(f"[^{BOUNDARY}]+")
    )


def _by_word(pieces: list[Piece], boundary: Piece, count: int) -> Iterator[list[Piece]]:
    """What `count` words that were cut in one string came to, word by word: one call costs a third of many."""
    places = [place for place, piece in enumerate(pieces) if piece == boundary]
    if not count:
        return
    for begin, end in zip([-1, *places], [*places, len(pieces)], strict=True):
        yield pieces[begin + 1 : end]
