"""Injected pinyin, `X(py)` where py is a reading of X: the bracket is cut, a gloss or an abbreviation stays."""

from __future__ import annotations

import polars as pl

from transforms.repair.readings import SYLLABLE, readings, toneless
from transforms.spans import as_edits, no_edits, occurrences

ANNOTATED = rf"\p{{Han}}(?:[ \x{{a0}}]?[(（][ ]?{SYLLABLE}[ ]?[)）])+"
# One bracket may be a gloss of the author's; this many in one text are a broken page.
INJECTED = 3


def pinyin_edits(lines: pl.DataFrame) -> pl.DataFrame:
    """Cuts of category `pinyin` for `lines` (doc, line, text)."""
    found = occurrences(lines, ANNOTATED)
    if found.is_empty():
        return no_edits()
    syllables = toneless(pl.col("match").str.extract_all(SYLLABLE).list.first())
    all_alike = pl.col("match").str.extract_all(SYLLABLE).list.n_unique() == 1
    annotated = (
        found.filter(all_alike)
        .with_columns(key=pl.col("match").str.head(1) + syllables)
        .join(readings().select("key", "is_common"), on="key", how="inner")
        .join(lines.select("line", "doc"), on="line", how="left")
        .filter(
            (pl.len().over("doc") >= INJECTED)
            | (pl.col("is_common") & pl.col("match").str.contains("[^ -~\\p{Han}（）]"))
        )
        .with_columns(start=pl.col("start") + 1)
        .sort("line", "start")
    )
    return as_edits(annotated, category="pinyin", rule_id="reading_in_brackets", confidence=1.0)
