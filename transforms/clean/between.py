"""What a page says of itself between the paragraphs of an article: buttons, calls to follow, lines of links."""

from __future__ import annotations

import polars as pl

from transforms.clean.evidence import announced, claimed
from transforms.clean.pieces import LETTER, Words, pieces
from transforms.lines import so_far, to_come

SHORTEST, LONGEST = 4, 32
# A heading may be a word of a menu (健康); so many letters of such words are none.
MADE = 4
# Share of a line that is words in which sites speak of themselves, if no more is left of it than they say.
SPOKEN = 0.45
# Who speaks, asks or lists does not call.
NO_CALL = r"[。“《:,、;?]|\d{2}年|^[一二三四五六七八九十\d(]+[、.)]"


def between(lines: pl.DataFrame, words: Words) -> pl.DataFrame:
    """`lines` (see `rules.zones`) with those claimed that stand among paragraphs and hold little but a site's own words."""
    is_inside = (so_far(pl.col("body")) > 0) & (to_come(pl.col("body")) > 0)
    short = lines.filter(
        is_inside
        & pl.col("category").is_null()
        & pl.col("chars").is_between(SHORTEST, LONGEST)
        & ~pl.col("closes")
        & ~pl.col("is_page")
    )
    short = short.filter(~pl.col("folded").str.contains(NO_CALL))
    if short.is_empty():
        return lines
    spoken = words.rules.filter(pl.col("scope") == "speech")["pattern"].str.join("|").item()
    letters, others = pl.col("spaced").str.count_matches(LETTER), pl.col("spaced").str.replace_all(spoken, "")
    speaks = 1 - others.str.count_matches(LETTER) / letters >= SPOKEN
    is_call = (pl.col("is_made") & (pl.col("said") >= MADE)) | (speaks & (pl.col("rest") <= pl.col("said")))
    found = pieces(short, words).filter(is_call & pl.col("kind").is_not_null() & (pl.col("kind") != "byline"))
    texts = lines.filter(
        pl.col("doc").is_in(short.filter(pl.col("line").is_in(found["line"].implode()))["doc"].implode())
    )
    found = found.join(texts.filter(announced(words.judgement)), on="line", how="anti")
    return claimed(lines, found.select("line", found="kind"), "between_paragraphs")
