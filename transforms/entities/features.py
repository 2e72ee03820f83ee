"""What the learned judge of names sees: pieces of text, what is known of each, and what the rules found there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from transforms.entities.letters import KEY, longest
from transforms.entities.lexicon import Lexicon
from transforms.entities.tokens import LONGEST, Flags, Places, Tokens
from transforms.entities.vocabulary import facts
from transforms.letters import Letters
from transforms.points import Numbers
from transforms.words import BOUNDARY

WORD, SIZE, HOST = pl.col("word"), pl.col("size"), pl.col("host")
FLAG = "flag"
"""The family of the flags of a word: of the others a piece has one feature each, of this one all that hold."""
TYPES = ["person", "organisation", "place", "thing"]
"""What a name may be of: products, events and concepts are things here. Which common noun is one differs from reader to
reader; they are learned for what they are not."""
PARTS = ["begins", "inside", "ends", "whole", "cut"]
"""What a piece is of a name the rules found: `cut` where the name begins or ends within a piece."""
BEGINS, INSIDE, ENDS, WHOLE, CUT = range(len(PARTS))
SOURCES = ["found", "listed"]
"""Whether a rule found the name or a gazetteer lists it."""
KINDS = ["person", "organisation", "place", "product", "event", "concept", "none"]
"""What the rules may say of a name; `none` is a word that only looks like one."""
FINDINGS = ["nothing", *(f"{source} {kind} {part}" for source in SOURCES for kind in KINDS for part in PARTS)]
"""What the rules may have found at a piece; the first of them none."""
LONG = 5
"""Characters from which on words are of one size."""


@dataclass(frozen=True)
class Pieces:
    """Words of all documents in reading order, but that one no dictionary has is there letter by letter: the segmenter
    guesses it, and wrongly most often around names (选|佘景|行, 李学芬算|过).

    kind: the distinct pieces: a word, or a letter of one as word, BOUNDARY and place in it. code: of each piece its
    place in `kind`; a line's end stands before the first piece and behind the last. doc: its document. ends: where it
    ends in the letters. closes: whether a sentence ends with it.
    """

    kind: pl.Series
    code: Places
    doc: npt.NDArray[np.uint32]
    ends: Numbers
    closes: Flags

    def begins(self) -> Numbers:
        """Where each piece begins in the letters."""
        return np.append(0, self.ends[:-1])


def pieces_of(tokens: Tokens) -> Pieces:
    """The pieces of all documents."""
    guessed = tokens.flags["unlisted"] & tokens.flags["han"]
    parts = np.where(guessed, tokens.numbers["size"], 1)
    first = np.cumsum(parts) - parts
    word = tokens.code[LONGEST - 1 : 1 - LONGEST]
    count = parts[word]
    token = np.repeat(np.arange(len(word)), count)
    within = np.arange(len(token)) - np.repeat(np.cumsum(count) - count, count)
    size = np.where(guessed[word], 1, tokens.numbers["size"][word])[token]
    read = slice(1, -1)
    return Pieces(
        kind=_kinds(tokens.word, guessed, parts),
        code=first[word][token] + within,
        doc=tokens.doc[token[read] - 1],
        ends=np.cumsum(size[read]),
        closes=(tokens.flags["sentence_end"][word][token] & (within == count[token] - 1))[read],
    )


def _kinds(words: pl.Series, guessed: Flags, parts: Numbers) -> pl.Series:
    """The distinct pieces of distinct words, in their order."""
    host = np.repeat(np.arange(len(words)), parts)
    within = np.arange(len(host)) - np.repeat(np.cumsum(parts) - parts, parts)
    spelt = pl.DataFrame({"word": words.gather(host), "place": within, "guessed": guessed[host]})
    letter = pl.concat_str("word", pl.lit(BOUNDARY), "place")
    return spelt.select(kind=pl.when("guessed").then(letter).otherwise("word")).to_series()


def families(kinds: pl.Series, lexicon: Lexicon) -> pl.DataFrame:
    """One row per distinct piece, in its order: a column per family of features (String, null where it has none), and
    one per flag of its word (Boolean).

    The families: the piece, its letters at either end, its part of speech, its type in the gazetteer, its shape; of a
    letter of a guessed word also what the whole word is like (host, named).
    """
    spelt = pl.DataFrame({"kind": kinds}).select(
        host=pl.col("kind").str.extract(f"^(.+){BOUNDARY}"),
        nth=pl.col("kind").str.extract(f"{BOUNDARY}([0-9]+)$").cast(pl.Int64),
        whole="kind",
    )
    word = pl.when(HOST.is_null()).then("whole").otherwise(HOST.str.slice(pl.col("nth"), 1))
    known = facts(spelt.select(word=word)["word"], lexicon).hstack(spelt)
    split = known.filter(HOST.is_not_null())
    hosts = split.select("whole", "nth").hstack(facts(split["host"], lexicon)).select("whole", *_of_hosts())
    flags = sorted(name for name, kind in facts(kinds.head(0), lexicon).schema.items() if kind == pl.Boolean)
    return known.join(hosts, on="whole", how="left", maintain_order="left").select(
        *_of_words(), "host_like", "named_like", *(pl.col(name).alias(f"{FLAG} {name}") for name in flags)
    )


def _of_words() -> list[pl.Expr]:
    """The families of a word, or of the letter of one."""
    size = SIZE.clip(1, LONG).cast(pl.String)
    script = (
        pl.when("han").then(pl.lit("han"))
        .when(WORD.str.contains("^[A-Za-z]+$")).then(pl.lit("latin"))
        .when(WORD.str.contains("^[0-9.,%]+$")).then(pl.lit("number"))
        .when(WORD.str.contains("[A-Za-z]")).then(pl.lit("mixed"))
        .otherwise(pl.lit("mark"))
    )  # fmt: skip
    long = pl.col("han") & (SIZE >= 3)
    return [
        WORD.alias("word"),
        pl.when("han").then(WORD.str.head(1)).alias("head"),
        pl.when("han").then(WORD.str.tail(1)).alias("tail"),
        pl.when(long).then(WORD.str.head(2)).alias("heads"),
        pl.when(long).then(WORD.str.tail(2)).alias("tails"),
        pl.col("tag"),
        pl.col("kind").alias("listed"),
        pl.concat_str(size, script).alias("shape"),
        pl.concat_str("tag", size).alias("sized"),
    ]


def _of_hosts() -> list[pl.Expr]:
    """The families of a guessed word for each of its letters."""
    last = pl.col("nth") == SIZE - 1
    part = pl.when(pl.col("nth") == 0).then(pl.lit("B")).when(last).then(pl.lit("E")).otherwise(pl.lit("I"))
    size = SIZE.clip(1, LONG).cast(pl.String)
    like = ("whole_name", "plain", "rest_plausible", "foreign", "tail")
    bits = pl.concat_str(*(pl.col(flag).cast(pl.Int8).cast(pl.String) for flag in like))
    return [
        pl.concat_str("tag", size, part).alias("host_like"),
        pl.concat_str(bits, size, part).alias("named_like"),
    ]


def findings(pieces: Pieces, hits: pl.DataFrame, meant: pl.DataFrame, letters: Letters, lexicon: Lexicon) -> Numbers:
    """What the rules found at each piece, as a place in FINDINGS.

    `hits` has a row for every occurrence of a surface, `meant` says what the surfaces of a document mean (see
    choose.py); the longest occurrence counts.
    """
    is_listed = meant["surface"].cast(pl.String).is_in(lexicon.surfaces["surface"].implode())
    kind = meant["entity_type"].replace_strict(KINDS, range(len(KINDS)), return_dtype=pl.Int64)
    said = meant.select(KEY, first=1 + len(PARTS) * (is_listed.cast(pl.Int64) * len(KINDS) + kind))
    placed = longest(hits.select("doc", "offset", "size", "key").join(said, on="key"))
    begin = letters.starts[placed["doc"].to_numpy()] + placed["offset"].to_numpy()
    end = begin + placed["size"].to_numpy()
    first = np.searchsorted(pieces.ends, begin, side="right")
    last = np.searchsorted(pieces.ends, end - 1, side="right")
    count = last - first + 1
    place = np.repeat(first, count) + np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    part = np.full(len(place), INSIDE)
    closing = np.cumsum(count) - 1
    part[closing - count + 1] = BEGINS
    part[closing] = np.where(count == 1, WHOLE, ENDS)
    torn = (pieces.begins()[first] != begin) | (pieces.ends[last] != end)
    part[np.repeat(torn, count)] = CUT
    found = np.zeros(len(pieces.ends), np.int64)
    found[place] = np.repeat(placed["first"].to_numpy(), count) + part
    return found
