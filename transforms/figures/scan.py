"""Where quantities stand: runs of the letters they are written with are found in one pass and read once each, however
often news repeats them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial

import numpy as np
import numpy.typing as npt
import polars as pl

from transforms.figures.grammar import Form, Grammar
from transforms.letters import Classes, Flags, Letters, Numbers, letters_of, table_of, windows
from transforms.neighbours import neighbours
from transforms.points import PAIR_BITS, joint
from transforms.remembered import Remembered

NUMERAL = "0123456789０１２３４５６７８９〇零一二两兩三四五六七八九十百千万萬亿億兆数數几幾半壹贰貳叁參肆伍陆陸柒捌玖拾佰仟廿卅俩倆⁰¹²³"
"""No quantity is written without one of these."""
PARTS_OF_YEAR = "初底末"
"""今年底: a date without a number."""
CLAUSE_ENDS = "，。；！？!?\n"
SENTENCE_ENDS = "。！？!?\n"
# Control characters that no cleaned text holds: they bracket a match.
OPEN, CLOSE = "\u0002", "\u0003"
PER = "每"
"""Begins what makes a rate of the quantity behind it."""
WRITES, COUNTS, ENDS_CLAUSE, ENDS_SENTENCE, OPENS = (np.uint8(1 << bit) for bit in range(5))
"""What a letter may be: part of a quantity, a numeral, the end of a clause, of a sentence, an opener."""
BEFORE, AFTER = 12, 8
"""Letters around a match that are looked at, up to the next match or the end of the clause."""


def scan(texts: pl.DataFrame, grammar: Grammar, read: Callable[[pl.Series], pl.DataFrame]) -> pl.DataFrame:
    """One row per match that states a quantity, in order of place: the columns of texts but text, and piece, length,
    start_in_text, sentence_no, before, after, follows_per, and what `read` tells of the piece.

    texts: text_no (0, 1, …), text and more. A clause includes the mark that ends it, and no match goes beyond one;
    sentence_no counts the sentences of all texts, and a sentence never spans two of them.
    read: a row for each piece, in their order; `kind` is NULL for one that states nothing (一个, 百姓).
    """
    letters = letters_of(texts["text"] + "\n")
    classes = letters.classes(_classes(grammar))
    clause_ends = np.flatnonzero((classes & ENDS_CLAUSE) > 0)
    begin, end = _windows(classes, _together(grammar)[letters.pairs[: len(classes)]], clause_ends)
    found = _matches(grammar)(letters.spelt(begin, end))
    size = found["start"].list.len().to_numpy()
    start, stop, is_per = (found[name].explode(empty_as_null=False).to_numpy() for name in found.columns)
    start, stop = (np.repeat(begin, size) + place for place in (start, stop))
    piece = letters.spelt(start, stop).alias("piece")
    told = read(piece)
    stated = told["kind"].is_not_null().arg_true()
    placed = _placed(texts, letters, classes, clause_ends, start, stop, is_per, stated.to_numpy())
    return placed.hstack([piece.gather(stated), *told[stated]])


@lru_cache(maxsize=1)
def _classes(grammar: Grammar) -> Classes:
    """The table of classes for `Letters.classes`.

    What a regex matches is made of the letters it is spelt with, of ASCII and of full-width digits; behind an opener,
    the letter before a class that excludes, anything may follow.
    """
    patterns = "".join(form.pattern.whole for form in grammar.scan)
    spelt = patterns + "".join(map(chr, range(128))) + "０１２３４５６７８９"
    return table_of(
        spelt, NUMERAL + PER + PARTS_OF_YEAR, CLAUSE_ENDS, SENTENCE_ENDS, "".join(re.findall(r"(.)\[\^", patterns))
    )


@lru_cache(maxsize=1)
def _together(grammar: Grammar) -> Flags:
    """Of the number of two letters (see `points.joint`) whether a match may hold one right behind the other.

    Two letters that share their number with such a pair count as one: a window is longer for it, a match never shorter.
    """
    pairs = set().union(*(neighbours(form.pattern.whole) for form in grammar.scan))
    # Each letter of the first as often as there are of the second, and all of the second for each of the first.
    first = "".join(letter * len(others) for some, others in pairs for letter in some)
    second = "".join("".join(others) * len(some) for some, others in pairs)
    table = np.zeros(1 << PAIR_BITS, bool)
    table[joint(*(np.frombuffer(letters.encode("utf-32-le"), np.uint32) for letters in (first, second)))] = True
    return table


def _windows(classes: Classes, together: Flags, clause_ends: Numbers) -> tuple[Numbers, Numbers]:
    """Begin and end of every run of letters, within a clause, that quantities are written with and that may stand together
    in one, if it holds a numeral.

    A clause with an opener is one window.
    """
    begin, end = windows((classes & (WRITES | ENDS_CLAUSE)) == WRITES, together, (classes & COUNTS) > 0)
    opened = np.unique(np.searchsorted(clause_ends, np.flatnonzero((classes & OPENS) > 0)))
    clause = np.searchsorted(clause_ends, begin)
    inside = np.isin(clause, opened)
    whole = np.unique(clause[inside])
    begins = np.append(0, clause_ends + 1)
    begin = np.concatenate([begin[~inside], begins[whole]])
    end = np.concatenate([end[~inside], clause_ends[whole]])
    order = np.argsort(begin, kind="stable")
    return begin[order], end[order]


def _placed(
    texts: pl.DataFrame,
    letters: Letters,
    classes: Classes,
    clause_ends: Numbers,
    start: Numbers,
    stop: Numbers,
    is_per: npt.NDArray[np.bool_],
    stated: Numbers,
) -> pl.DataFrame:
    """The matches of the numbers `stated`, with what stands around them up to the next match, whatever that is."""
    text = letters.document(start)
    clause = np.searchsorted(clause_ends, start)
    follows = np.append(False, clause[1:] == clause[:-1])[: len(clause)]
    leads = np.append(follows[1:], False)[: len(clause)]
    begins = np.append(0, clause_ends + 1)[clause]
    # The break behind a text is none of its letters.
    ends = np.minimum(clause_ends[clause] + 1, letters.starts[1:][text] - 1)
    before = np.append(0, stop)[:-1]
    # 一个大于100: the 大 behind a measure word belongs to the comparison.
    before -= follows & (letters.points[np.maximum(before - 1, 0)] == ord("大"))
    earlier = np.where(follows, before, begins)
    later = np.where(leads, np.append(start, 0)[1:], ends)
    text, is_rate = text[stated], (follows & np.append(False, is_per)[:-1])[stated]
    start, stop, earlier, later = (column[stated] for column in (start, stop, earlier, later))
    return texts.drop("text")[text].with_columns(
        length=pl.Series(stop - start),
        start_in_text=pl.Series(start - letters.starts[text]),
        sentence_no=pl.Series(np.searchsorted(np.flatnonzero((classes & ENDS_SENTENCE) > 0), start)),
        before=letters.spelt(np.maximum(earlier, start - BEFORE), start),
        after=letters.spelt(stop, np.minimum(later, stop + AFTER)),
        follows_per=pl.Series(is_rate),
    )


@lru_cache(maxsize=1)
def _matches(grammar: Grammar) -> Remembered:
    """The matches in windows, by the grammar at work."""
    return Remembered(partial(matched, grammar=grammar))


def matched(windows: pl.Series, grammar: Grammar) -> pl.DataFrame:
    """Of every window its matches, as lists: start and stop of each, and whether it says that what follows is a rate."""
    found = pl.DataFrame({"clause": windows, "marked": windows})
    for form in grammar.scan:
        found = marked(found, form)
    # Split at the marks: gap, match, gap, match, …, gap, every length at hand, without one look at offsets.
    pieces = (
        found.with_row_index("window")
        .filter(pl.col("marked").str.contains(OPEN, literal=True))
        .select("window", piece=pl.col("marked").str.split(f"{OPEN}+|{CLOSE}+", literal=False))
        .with_columns(piece_no=pl.int_ranges(0, pl.col("piece").list.len()))
        .explode("piece", "piece_no", empty_as_null=False)
        .with_columns(size=pl.col("piece").str.len_chars().cast(pl.Int64))
        .with_columns(stop=pl.col("size").cum_sum())
    )
    # What stands before a window ends with the piece before its first one.
    base = pl.when(pl.col("piece_no") == 0).then(pl.col("stop") - pl.col("size")).forward_fill()
    # 每10辆就有1辆: the number behind 每 counts and makes a rate of the next.
    matches = (
        pieces.with_columns(pl.col("stop") - base, is_each=pl.col("piece").shift(1).str.ends_with(PER).fill_null(False))
        .filter(pl.col("piece_no") % 2 == 1)
        .select(
            "window",
            "stop",
            start=pl.col("stop") - pl.col("size"),
            is_per=pl.col("piece").str.contains(grammar.per) | pl.col("is_each"),
        )
        .group_by("window", maintain_order=True)
        .agg("start", "stop", "is_per")
    )
    every = pl.DataFrame({"window": pl.int_range(len(windows), dtype=pl.UInt32, eager=True)})
    return every.join(matches, on="window", how="left", maintain_order="left").select(
        pl.col("start", "stop", "is_per").fill_null([])
    )


def marked(found: pl.DataFrame, form: Form) -> pl.DataFrame:
    """Put every match of the form between marks; what is marked already stays whole, marked once more."""
    asked = pl.lit(value=True) if form.cue is None else pl.col("clause").str.contains(form.cue)
    found = found.with_columns(is_asked=asked)
    found = found.with_columns(is_rare=form.pattern.are_rare(_text_where("is_asked")))
    found = found.with_columns(is_asked=pl.col("is_asked") & ~pl.col("is_rare"))
    found = _bracketed(found, "is_asked", form.pattern.common)
    return _bracketed(found, "is_rare", form.pattern.whole).drop("is_asked", "is_rare")


def _bracketed(found: pl.DataFrame, asked: str, pattern: str) -> pl.DataFrame:
    """Put marks around every match in the texts that are asked; what is marked already is matched as a whole."""
    # Where nothing is marked yet, asking for it would make the automaton outgrow its cache.
    is_marked = found["marked"].str.contains(OPEN, literal=True).any()
    sought = f"{OPEN}+[^{CLOSE}]*{CLOSE}+|{pattern}" if is_marked else pattern
    put = _text_where(asked).str.replace_all(sought, f"{OPEN}$0{CLOSE}")
    return found.with_columns(marked=pl.when(asked).then(put).otherwise("marked"))


def _text_where(asked: str) -> pl.Expr:
    """The texts that are asked, others empty: that costs the engine nothing, a NULL as much as the text it hides."""
    return pl.when(asked).then("marked").otherwise(pl.lit(""))
