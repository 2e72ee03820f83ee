"""Character tables for matching: one script, one width, and not one character more or less."""

from __future__ import annotations

from functools import cache

import polars as pl

from transforms.script.dictionaries import current, regional

# The characters of everyday texts and of rare names (extension A), for a class of a regular expression.
HAN = "\u3400-\u9fff"


def fold(expr: pl.Expr) -> pl.Expr:
    """Traditional characters as Simplified ones, full-width ASCII as ASCII, the wide blank as a blank.

    One code point becomes one code point, so offsets in the folded text are offsets in the text. For matching only:
    characters are folded one by one, without regard to the word they stand in.
    """
    source, target = _tables()
    return expr.str.replace_many(source, target)


@cache
def _tables() -> tuple[list[str], list[str]]:
    simplified = {key: value for key, value in current("TSCharacters.txt").items() if key != value and len(value) == 1}
    wide = {chr(point + 0xFEE0): chr(point) for point in range(0x21, 0x7F)} | {"\u3000": " "}
    table = simplified | regional() | wide
    return list(table), list(table.values())


def folds() -> tuple[str, str]:
    """(characters folded, what each becomes), two strings of equal length: the fold for SQL's `translate`."""
    source, target = _tables()
    return "".join(source), "".join(target)
