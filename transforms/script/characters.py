"""Texts as Simplified ones character by character: OpenCC's t2s, and what it leaves Traditional."""

from __future__ import annotations

import polars as pl

from transforms.script.aspect import turn_aspect
from transforms.script.converter import Converter
from transforms.script.dictionaries import regional
from transforms.script.rows import with_rows

# Taiwan writes 么 for 幺, the youngest; what ends in 么 stays, also before 女 and its like (什么女子).
_YOUNGEST = "老么|么[女儿妹弟叔舅]"
_STAY = {f"{before}么": f"{before}么" for before in "什怎这那多要甚"}
_WORDS = {"老么": "老幺"} | {f"么{behind}": f"幺{behind}" for behind in "女儿妹弟叔舅"}


def by_character(texts: pl.Series) -> pl.Series:
    """Every text converted by t2s, then what that leaves: forms of Taiwan and Hong Kong (衞, 枱, 老么), aspect 著; a null
    stays null."""
    converted = Converter("t2s").convert(texts)
    forms = regional()
    rows = converted.str.contains(f"[{''.join(forms)}]").fill_null(value=False).arg_true()
    plain = converted.gather(rows).str.replace_many(list(forms), list(forms.values()))
    converted = with_rows(converted, rows, plain)
    rows = converted.str.contains(_YOUNGEST).fill_null(value=False).arg_true()
    youngest = converted.gather(rows).str.replace_many(_STAY | _WORDS, leftmost=True)
    return turn_aspect(with_rows(converted, rows, youngest))
