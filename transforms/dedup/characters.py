"""Texts as one flat column of characters: letters, clause boundaries and hashes that never change between versions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import polars as pl

from transforms.points import points

# Odd multipliers (golden ratio, SplitMix64, and one of our own). Keys are stored for years, so neither these numbers
# nor the arithmetic may change, and no engine's own hash function (which may change with its version) takes part.
_SPREAD = pl.lit(0x9E3779B97F4A7C15, dtype=pl.UInt64)
_STIR = pl.lit(0xBF58476D1CE4E5B9, dtype=pl.UInt64)
_HALF = pl.lit(2**32, dtype=pl.UInt64)
_RUN_BASE = 0xC2B2AE3D27D4EB4F
_GRAM_BASE = 0xD6E8FEB86659FD93
_WORD = 2**64
# Bytes of text taken apart at a time, some 700,000 Chinese characters: bounds the memory, changes nothing else. Fewer cost
# more for each, as every step has its own cost whatever it is done to.
_BYTES_AT_ONCE = 2_000_000
# Stands between two texts; a text that has it is read as if it were a space.
_END = "\x00"
# What a character is to us; the letters are the last three.
_BREAK, _SPACE, _POINT, _COMMA, _LETTER, _DIGIT, _HAN = range(7)


def batches(documents: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The documents in slices that are taken apart at once, in their order; their texts are in `body_hans`."""
    reach = documents.select(slice=pl.col("body_hans").str.len_bytes().cum_sum() // _BYTES_AT_ONCE)
    start = 0
    for length in reach["slice"].rle().struct.field("len"):
        yield documents.slice(start, length)
        start += length


def mixed(numbers: pl.Series) -> pl.Series:
    """Integers stirred into UInt64 hashes of which every bit depends on every bit of the number."""
    x = pl.col("x")
    return (
        pl.DataFrame({"x": numbers.cast(pl.UInt64)})
        .select(x * _SPREAD)
        .select((x ^ (x // _HALF)) * _STIR)
        .select((x ^ (x // _HALF)).alias(numbers.name))
        .to_series()
    )


@cache
def _powers(bits: int) -> tuple[pl.Series, pl.Series]:
    """The first 2**bits powers of the run base and of its inverse, modulo 2**64."""
    tables: list[pl.Series] = []
    for base in (_RUN_BASE, pow(_RUN_BASE, -1, _WORD)):
        table = pl.Series([1], dtype=pl.UInt64)
        for bit in range(bits):
            table = pl.concat([table, table * pl.Series([pow(base, 2**bit, _WORD)], dtype=pl.UInt64)], rechunk=True)
        tables.append(table)
    return tables[0], tables[1]


def _between(code: pl.Expr, first: int, last: int) -> pl.Expr:
    return (code >= first) & (code <= last)


def _is_han(code: pl.Expr) -> pl.Expr:
    return _between(code, 0x4E00, 0x9FFF) | _between(code, 0x3400, 0x4DBF) | (code >= 0x20000) | (code == 0x3007)


def _is_other_letter(code: pl.Expr) -> pl.Expr:
    alphabets = _between(code, 0xC0, 0x1FFF) | _between(code, 0x3041, 0x312F) | _between(code, 0xAC00, 0xD7A3)
    return _between(code, 0x61, 0x7A) | alphabets


def _folded(code: pl.Expr) -> pl.Expr:
    """Full-width ASCII as ASCII, capitals as small letters."""
    narrow = pl.when(_between(code, 0xFF01, 0xFF5E)).then(code - 0xFEE0).otherwise(code)
    return pl.when(_between(narrow, 0x41, 0x5A)).then(narrow + 0x20).otherwise(narrow)


@cache
def _alphabet() -> tuple[pl.Series, pl.Series]:
    """(kind, mark) of every code point: looking a character up is many times faster than asking what it is."""
    code = pl.col("code")
    kind = (
        pl.when(_is_han(code))
        .then(_HAN)
        .when(_between(code, 0x30, 0x39))
        .then(_DIGIT)
        .when(_is_other_letter(code))
        .then(_LETTER)
        .when(code.is_in([0x20, 0x09, 0xA0, 0x3000, 0x200B]))
        .then(_SPACE)
        .when(code == 0x2E)
        .then(_POINT)
        .when(code == 0x2C)
        .then(_COMMA)
        .otherwise(_BREAK)
    )
    points = pl.DataFrame({"code": pl.int_range(0x110000, dtype=pl.UInt32, eager=True)}).select(_folded(code))
    return points.select(kind.cast(pl.UInt8)).to_series(), mixed(points["code"])


def _code_points(texts: pl.Series) -> pl.Series:
    """The code points of all texts, one `_END` between two of them."""
    if texts.str.contains(_END, literal=True).any():
        texts = texts.str.replace_all(_END, " ", literal=True)
    return pl.Series("code", points(texts, _END))


def _so_far(is_counted: pl.Expr) -> pl.Expr:
    """How many rows up to here are counted: what `cum_sum` says, in a quarter of the time."""
    return pl.when(is_counted).then(True).cum_count()


def letters(texts: pl.Series) -> pl.DataFrame:
    """One row per letter, Chinese character or digit of every text, in order.

    Punctuation and spaces are gone; a decimal point between two digits counts as a letter, so that 3.5 is not 35.

    Args:
        texts: Strings without nulls.

    Returns:
        `text` (UInt32, position in `texts`), `clause` (UInt32, number of the clause the letter stands in, never shared
        by two texts), `han` (is a Chinese character), `mark` (UInt64, hash of the letter, capitals and widths folded).
    """
    kinds, marks = _alphabet()
    code, kind = _code_points(texts), pl.col("kind")
    digit = kind == _DIGIT
    between_digits = (digit.shift(1) & digit.shift(-1)).fill_null(False)
    kept = (
        pl.DataFrame({"code": code, "kind": kinds.gather(code)})
        .with_columns(letter=(kind >= _LETTER) | ((kind == _POINT) & between_digits))
        .with_columns(
            text=_so_far(pl.col("code") == ord(_END)),
            clause=_so_far(~pl.col("letter") & (kind != _SPACE) & ~((kind == _COMMA) & between_digits)),
        )
        .filter(pl.col("letter"))
    )
    return kept.select("text", "clause", marks.gather(kept["code"]).alias("mark"), han=kind == _HAN)


def letter_places(documents: pl.DataFrame) -> pl.DataFrame:
    """Where the letters of every body stand: `document_id`, `places` (code point offsets, in order).

    Args:
        documents: `document_id`, `body_hans`.
    """
    flat, kinds = _code_points(documents["body_hans"]), _alphabet()[0]
    kind, code = pl.col("kind"), pl.col("code")
    digit = kind == _DIGIT
    point = (kind == _POINT) & (digit.shift(1) & digit.shift(-1)).fill_null(False)
    numbered = pl.DataFrame({"code": flat, "kind": kinds.gather(flat)}).with_columns(
        letter=(kind >= _LETTER) | point, text=_so_far(code == ord(_END))
    )
    # The mark between two texts counts for the later one.
    offset = pl.int_range(pl.len()).over("text") - (pl.col("text") > 0).cast(pl.Int64)
    places = numbered.with_columns(place=offset).filter("letter").group_by("text").agg(places="place")
    return documents.select("document_id").with_row_index("text").join(places, on="text").drop("text")


def with_grams(flat: pl.DataFrame, length: int) -> pl.DataFrame:
    """The letters with `gram` (UInt64): the hash of the `length` letters from here on, null where the text ends first.

    Args:
        flat: What `letters` returns.
        length: A power of two.
    """
    gram = pl.col("gram")
    grown = flat.with_columns(gram="mark")
    reach = 1
    while reach < length:
        weight = pl.lit(pow(_GRAM_BASE, reach, _WORD), dtype=pl.UInt64)
        grown = grown.with_columns(gram + weight * gram.shift(-reach))
        reach *= 2
    inside = pl.col("text") == pl.col("text").shift(1 - length)
    return grown.with_columns(pl.when(inside).then(gram))


def with_sums(flat: pl.DataFrame) -> pl.DataFrame:
    """The letters with the running sums that `runs` cuts its hashes out of: `row`, `sums`, `hans`."""
    powers, _ = _powers(flat.height.bit_length())
    return flat.with_columns(
        row=pl.int_range(pl.len(), dtype=pl.UInt32),
        sums=(pl.col("mark") * powers.head(flat.height)).cum_sum(),
        hans=_so_far(pl.col("han")),
    )


def ends(summed: pl.DataFrame, by: str) -> pl.DataFrame:
    """The last letter of every run of letters with the same `by` column.

    Args:
        summed: What `with_sums` returns, or the ends of shorter runs.
        by: A column of numbers that never decrease.
    """
    return summed.filter(pl.col(by).ne_missing(pl.col(by).shift(-1)))


def runs(ended: pl.DataFrame) -> pl.DataFrame:
    """One row per run of letters: `text`, `hash` (UInt64), `chars`, `han_chars` (UInt32).

    A polynomial hash of the run, cut out of one running sum over all letters; it depends on the run's letters and
    their order, not on where the run stands.

    Args:
        ended: What `ends` returns.
    """
    start = ended.select((pl.col("row") + 1).shift(1, fill_value=0)).to_series()
    _, inverses = _powers((ended.height and ended["row"][-1]).bit_length())
    return ended.select(
        "text",
        hash=(pl.col("sums") - pl.col("sums").shift(1, fill_value=0)) * inverses.gather(start),
        chars=pl.col("row") + 1 - start,
        han_chars=pl.col("hans") - pl.col("hans").shift(1, fill_value=0),
    )
