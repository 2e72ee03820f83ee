"""Texts as Simplified ones character by character: OpenCC's t2s, and what it leaves Traditional."""

from __future__ import annotations

import polars as pl

from transforms.script.aspect import turn_aspect
from transforms.script.converter import Converter
from transforms.script.dictionaries import regional
from transforms.script.rows import with_rows


def by_character(texts: pl.Series) -> pl.Series:
    """Every text converted by t2s, then what that leaves: forms of Taiwan and Hong Kong (衞, 枱), aspect 著; a null stays null."""
    converted = Converter("t2s").convert(texts)
    forms = regional()
    rows = converted.str.contains(f"[{''.join(forms)}]").fill_null(value=False).arg_true()
    plain = converted.gather(rows).str.replace_many(list(forms), list(forms.values()))
    return turn_aspect(with_rows(converted, rows, plain))
