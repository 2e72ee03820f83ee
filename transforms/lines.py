"""Lines of a text: where each begins in the original, and its folded copy that rules are written for."""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl

from transforms.forms import LETTERS, MARKS
from transforms.hanzi import folds
from transforms.points import Points, mapped
from transforms.unseen import UNSEEN

# What nobody sees counts as white space: as the class of a pattern, and as its characters.
WHITE = rf"[\s{UNSEEN}]"
BLANKS = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
    + UNSEEN
)
# Single brackets of East Asian typography that rules need not tell apart; every pair is one character for one.
PUNCTUATION = dict(zip("「」『』〔〕［］　\xa0•‧・丨︱│￨–∕⁄〝〞", "“”‘’[][]  ···||||-//“”", strict=True))
# Frequent characters that only Simplified text uses, and that only Traditional text uses, as character classes.
FREQUENT_SIMPLIFIED = "[们这对说会来时国学过当发现实点开关还进为从员经问题应无东车长门见华书业电气动种边]"
FREQUENT_TRADITIONAL = "[們這對說會來時國學過當發現實點開關還進與為從後員經問題應無東車長門見華書業電氣動種邊]"
# So many texts are folded at a time, so that their letters as numbers stay in the processor's own memory.
TOGETHER = 4_000


def split_lines(texts: pl.DataFrame) -> pl.DataFrame:
    """One row per line that is not blank: doc, line, line_no, start, end, base, gap, chars.

    `texts` has `doc` and `text`. `base` is the line without outer white space, `start` and `end` its code points in the
    text, `gap` the white space before it, `line_no` 1-based, `line` a row id in order of appearance.
    """
    raw = pl.col("raw")
    bare = raw.str.strip_chars_start(BLANKS)
    lines = (
        texts.select("doc", raw=pl.col("text").str.split("\n"))
        .explode("raw")
        .with_columns(
            row=pl.int_range(pl.len(), dtype=pl.Int64),
            size=raw.str.len_chars().cast(pl.Int64) + 1,
            base=bare.str.strip_chars_end(BLANKS),
            bare_chars=bare.str.len_chars().cast(pl.Int64),
        )
        .with_columns(all_sizes=pl.col("size").cum_sum())
        .with_columns(
            line_no=pl.col("row") - of_first("row") + 1,
            behind=pl.col("all_sizes") - of_first(pl.col("all_sizes") - pl.col("size")),
        )
        .filter(pl.col("base") != "")
        .with_columns(chars=pl.col("base").str.len_chars().cast(pl.Int64), start=pl.col("behind") - 1 - pl.col("bare_chars"))
        .with_columns(end=pl.col("start") + pl.col("chars"))
        .with_columns(gap_start=pl.when(pl.col("doc") == pl.col("doc").shift(1)).then(pl.col("end").shift(1)).fill_null(0))
        .with_row_index("line")
    )  # fmt: skip
    size = pl.col("start") - pl.col("gap_start")
    unusual = (
        lines.filter((size > 1) | ((size == 1) & (pl.col("gap_start") == 0)))
        .join(texts.select("doc", "text"), on="doc", how="left", maintain_order="left")
        .select("line", unusual=pl.col("text").str.slice(pl.col("gap_start"), size))
    )
    gap = pl.when(size == 0).then(pl.lit("")).otherwise(pl.coalesce("unusual", pl.lit("\n")))
    return lines.join(unusual, on="line", how="left", maintain_order="left").select(
        "doc", "line", "line_no", "start", "end", "base", gap.alias("gap"), "chars"
    )


# What stands before and behind a row of the same text. The rows of a text stand together in every frame of lines, so a
# comparison with the neighbour tells where one begins: a window that keeps order (a shift, a running sum) takes twenty to
# a hundred times as long.


def of_first(value: str | pl.Expr, group: str = "doc") -> pl.Expr:
    """The value of the first row of each group, which is no null there, in all rows of it."""
    is_first = (pl.col(group) != pl.col(group).shift(1)).fill_null(True)
    return pl.when(is_first).then(_column(value)).forward_fill()


def of_last(value: str | pl.Expr, group: str = "doc") -> pl.Expr:
    """The value of the last row of each group, which is no null there, in all rows of it."""
    is_last = (pl.col(group) != pl.col(group).shift(-1)).fill_null(True)
    return pl.when(is_last).then(_column(value)).backward_fill()


def following(value: str | pl.Expr, group: str = "doc") -> pl.Expr:
    """The value in the next line of the same text, NULL behind the last."""
    return pl.when(pl.col(group) == pl.col(group).shift(-1)).then(_column(value).shift(-1))


def preceding(value: str | pl.Expr, group: str = "doc") -> pl.Expr:
    """The value in the line before of the same text, NULL before the first."""
    return pl.when(pl.col(group) == pl.col(group).shift(1)).then(_column(value).shift(1))


def place(group: str = "doc") -> pl.Expr:
    """Which line of its text a line is, from 0."""
    row = pl.int_range(pl.len())
    return row - of_first(row, group)


def so_far(condition: pl.Expr, group: str = "doc") -> pl.Expr:
    """In how many lines of its text up to this one the condition holds; it is never null."""
    one = condition.cast(pl.Int64)
    return one.cum_sum() - of_first(one.cum_sum() - one, group)


def to_come(condition: pl.Expr, group: str = "doc") -> pl.Expr:
    """In how many lines of its text from this one on the condition holds; it is never null."""
    one = condition.cast(pl.Int64)
    return one.cum_sum(reverse=True) - of_last(one.cum_sum(reverse=True) - one, group)


def _column(value: str | pl.Expr) -> pl.Expr:
    return pl.col(value) if isinstance(value, str) else value


def fold(text: pl.Expr) -> pl.Expr:
    """Traditional to Simplified and full-width ASCII to half-width, one character for one, so that offsets stay true."""
    return text.map_batches(_folded, return_dtype=pl.String, is_elementwise=True)


def _folded(texts: pl.Series) -> pl.Series:
    parts = [mapped(texts.slice(at, TOGETHER), _table()) for at in range(0, len(texts), TOGETHER)]
    return pl.concat(parts, rechunk=True) if parts else texts


@cache
def _table() -> Points:
    """What each code point folds to, at its place."""
    before, after = folding()
    table = np.arange(0x110000, dtype=np.uint32)
    table[[ord(character) for character in before]] = [ord(character) for character in after]
    return table


@cache
def folding() -> tuple[list[str], list[str]]:
    """The characters that fold, and what each folds to."""
    before, after = folds()
    table = dict(zip(before, after, strict=True)) | PUNCTUATION
    table = {form: table.get(meant, meant) for form, meant in (LETTERS | MARKS).items()} | table
    return list(table), list(table.values())
