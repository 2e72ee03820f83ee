"""Clauses: the small pieces of a text in which dates and quantities are looked for."""

from __future__ import annotations

import polars as pl

CLAUSE_END = "[，。；！？!?\n]"
SENTENCE_ENDS = ["。", "！", "？", "!", "?", "\n"]


def clauses(texts: pl.DataFrame, cue: str) -> pl.DataFrame:
    """One row per clause in which the cue is found: the columns of texts but text, and clause, start, sentence_no.

    texts: text_no, text and more, in the order of text_no. A clause includes the mark that ends it; start counts code
    points of its text; sentence_no counts the sentences of all texts, and a sentence never spans two of them.
    """
    length = pl.col("clause").str.len_chars().cast(pl.Int64)
    ends = pl.col("clause").str.tail(1).is_in(SENTENCE_ENDS)
    opens = ends.shift(1, fill_value=True) | (pl.col("text_no") != pl.col("text_no").shift(1, fill_value=0))
    return (
        texts.with_columns(
            clause=pl.col("text").str.split(CLAUSE_END, literal=False, inclusive=True),
            base=pl.col("text").str.len_chars().cast(pl.Int64).cum_sum().shift(1, fill_value=0),
        )
        .drop("text")
        .explode("clause", empty_as_null=False)
        .with_columns(start=length.cum_sum() - length - pl.col("base"), sentence_no=opens.cum_sum())
        .drop("base")
        .filter(pl.col("clause").str.contains(cue))
    )
