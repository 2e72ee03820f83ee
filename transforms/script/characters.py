"""Texts as Simplified ones character by character: OpenCC's t2s, and what it leaves Traditional."""

from __future__ import annotations

import polars as pl

from transforms.script.converter import Converter
from transforms.script.dictionaries import regional
from transforms.script.rows import with_rows


def by_character(texts: pl.Series, overrides: pl.DataFrame) -> pl.Series:
    """Every text converted by t2s, then what that leaves: forms of Taiwan and Hong Kong (衞, 枱), and words of which the
    seed table knows what their characters mean (老么, aspect 著); a null stays null."""
    converted = Converter("t2s").convert(texts)
    forms = regional()
    rows = converted.str.contains(f"[{''.join(forms)}]").fill_null(value=False).arg_true()
    plain = converted.gather(rows).str.replace_many(list(forms), list(forms.values()))
    return turned(with_rows(converted, rows, plain), overrides)


def turned(texts: pl.Series, overrides: pl.DataFrame) -> pl.Series:
    """Simplified texts with each word of kind `simplified` as it is to be written; the longest that fits decides."""
    words = overrides.filter(kind="simplified").sort(
        pl.col("pattern").str.len_chars(), descending=True, maintain_order=True
    )
    changed = words.filter(pl.col("pattern") != pl.col("replacement"))["pattern"].to_list()
    rows = texts.str.contains_any(changed).fill_null(value=False).arg_true()
    if rows.is_empty():
        return texts
    told = texts.gather(rows).str.replace_many(
        words["pattern"].to_list(), words["replacement"].to_list(), leftmost=True
    )
    return with_rows(texts, rows, told)
