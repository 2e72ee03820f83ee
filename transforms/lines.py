"""Lines of a text: where each begins in the original, and its folded copy that rules are written for."""

from __future__ import annotations

from functools import cache

import polars as pl

from transforms.hanzi import folds

# Invisible characters count as white space: zero-width ones, soft hyphen, byte order mark, NUL.
WHITE = r"[\s\x00\x{ad}\x{200b}-\x{200f}\x{2060}\x{feff}]"
BREAK = rf"{WHITE}*\n{WHITE}*"
# Single brackets of East Asian typography that rules need not tell apart; every pair is one character for one.
PUNCTUATION = dict(zip("「」『』〔〕［］　\xa0•‧・丨︱│￨–∕⁄", "“”‘’[][]  ···||||-//", strict=True))


def split_lines(texts: pl.DataFrame) -> pl.DataFrame:
    """One row per line that is not blank: doc, line, line_no, start, end, base, gap, chars.

    `texts` has `doc` and `text`. `base` is the line without outer white space, `start` and `end` its code points in the
    text, `gap` the white space before it, `line_no` 1-based, `line` a row id in order of appearance.
    """
    lead = pl.col("text").str.extract(rf"^({WHITE}+)").fill_null("")
    inner = pl.col("text").str.replace(rf"^{WHITE}+", "").str.replace(rf"{WHITE}+$", "")
    return (
        texts.select("doc", lead=lead, inner=inner)
        .filter(pl.col("inner") != "")
        .select(
            "doc",
            base=pl.col("inner").str.replace_all(BREAK, "\n").str.split("\n"),
            gap=pl.concat_list(pl.col("lead"), pl.col("inner").str.extract_all(BREAK)),
        )
        .explode("base", "gap")
        .with_columns(
            chars=pl.col("base").str.len_chars().cast(pl.Int64), gap_chars=pl.col("gap").str.len_chars().cast(pl.Int64)
        )
        .with_columns(
            end=(pl.col("chars") + pl.col("gap_chars")).cum_sum().over("doc"),
            line_no=(pl.col("gap").str.count_matches("\n", literal=True)).cum_sum().over("doc").cast(pl.Int64) + 1,
        )
        .with_columns(start=pl.col("end") - pl.col("chars"))
        .with_row_index("line")
        .select("doc", "line", "line_no", "start", "end", "base", "gap", "chars")
    )


def fold(text: pl.Expr) -> pl.Expr:
    """Traditional to Simplified and full-width ASCII to half-width, one character for one, so that offsets stay true."""
    before, after = folding()
    return text.str.replace_many(before, after)


@cache
def folding() -> tuple[list[str], list[str]]:
    """The characters that fold, and what each folds to."""
    before, after = folds()
    table = dict(zip(before, after, strict=True)) | PUNCTUATION
    return list(table), list(table.values())


@cache
def simplified_only() -> str:
    """A character class of frequent characters that only Simplified text uses."""
    return "[们这对说会来时国学过当发现实点开关还进为从员经问题应无东车长门见华书业电气动种边]"


@cache
def traditional_only() -> str:
    """A character class of frequent characters that only Traditional text uses."""
    return "[們這對說會來時國學過當發現實點開關還進與為從後員經問題應無東車長門見華書業電氣動種邊]"
