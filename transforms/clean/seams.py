"""Paragraphs torn apart where no mark stands: told by what stands on either side of the break."""

from __future__ import annotations

import polars as pl

from transforms.metadata.judgement import Judgement
from transforms.repair.gbk_shift import word_weight

NUMBER = r"[0-9][.]?$"
# A sentence ended in the line and another went on for so many letters.
GOES_ON = r"。[^。!?;\s(]{6,}$"
# Characters from which on a line is more than a label, and more than most headings are.
FEWEST, SENTENCE = 12, 24
# How many letters on either side are read, and by how much one reading must be likelier than two (in log frequency).
# Of headlines and the first words below them one in a thousand reaches the first bound and one in three thousand the
# second, of words cut in two four in five.
CONTEXT = 6
TORN, TORN_APART = 3.0, 6.0


def torn_at_seam(lines: pl.DataFrame, judgement: Judgement) -> pl.Series:
    """Those of `lines` (line, folded, chars, next_text, next_begins), none with an end, that the next line goes on from."""
    text, below = pl.col("folded"), pl.col("next_text")
    candidates = lines.filter(pl.col("chars") >= FEWEST)
    number = text.str.contains(NUMBER) & below.str.contains(judgement.shaped("<digits_and_unit>|<unit>"))
    sentence = (pl.col("chars") > SENTENCE) & text.str.contains(GOES_ON)
    plain = candidates.filter(~pl.col("next_begins").fill_null(value=True) & (number | sentence))["line"]
    sides = candidates.select(
        "line",
        pl.col("next_begins").fill_null(value=False),
        left=text.str.extract(rf"(\p{{Han}}{{1,{CONTEXT}}})$"),
        right=below.str.extract(rf"^(\p{{Han}}{{1,{CONTEXT}}})"),
    ).drop_nulls(["left", "right"])
    # What many paragraphs open with, they do whatever word it makes with the letter before: 据 of 据悉 and of 考据.
    begins = pl.col("next_begins") | pl.col("word").str.contains(judgement.framed("opening"))
    torn = pl.col("word").str.contains(judgement.framed("no_opening"))
    torn |= pl.col("likelier") > pl.when(begins).then(TORN_APART).otherwise(TORN)
    return pl.concat([plain, sides.hstack(_weighed(sides["left"], sides["right"])).filter(torn)["line"]])


def _weighed(lefts: pl.Series, rights: pl.Series) -> pl.DataFrame:
    """word: the first behind each break; likelier: by how much the letters around it are likelier one phrase than two."""
    import rjieba

    rows: list[tuple[str, float]] = []
    for left, right in zip(lefts, rights, strict=True):
        first, last = rjieba.cut(left, False), rjieba.cut(right, False)
        apart = sum(map(word_weight, first)) + sum(map(word_weight, last))
        rows.append((last[0], sum(map(word_weight, rjieba.cut(left + right, False))) - apart))
    return pl.DataFrame(rows, schema={"word": pl.String, "likelier": pl.Float64}, orient="row")
