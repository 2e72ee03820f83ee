"""Stray white space inside a line: invisible characters, spaces beside full-width marks, spaces a page uses at random."""

from __future__ import annotations

import polars as pl

from transforms.spans import as_edits, no_edits, occurrences

INVISIBLE = r"[\x{200b}-\x{200f}\x{2060}\x{feff}\x{ad}\x00]+"
BLANK = r"[ \t\x{a0}\x{3000}]"
AFTER_MARK = rf"[，。、；：？！）》】…—]{BLANK}+\S|[”’」』]{BLANK}+\p{{Han}}|[\p{{Han}}a-zA-Z0-9]{BLANK}+[，。、；：？！）》】]|\p{{Han}}{BLANK}+[“‘「『《（]"
LATIN = rf"\p{{Han}}{BLANK}+-?[A-Za-z0-9]|[A-Za-z0-9%℃]{BLANK}+\p{{Han}}"
LATIN_TIGHT = r"\p{Han}[A-Za-z0-9]|[A-Za-z0-9%℃]\p{Han}"
# A page that writes Latin words with spaces around them does so nearly always; below this share a space is stray.
HABIT = 0.2


def space_edits(lines: pl.DataFrame) -> pl.DataFrame:
    """Cuts of category `whitespace` for `lines` (doc, line, text)."""
    spaced = lines.filter(
        pl.col("text").str.contains(r"[ \t\x{a0}\x{3000}\x{200b}-\x{200f}\x{2060}\x{feff}\x{ad}\x00]")
    )
    if spaced.is_empty():
        return no_edits()
    # Between clauses of a heading or of a list of names a space is punctuation; it is stray only beside real punctuation.
    sentences = spaced.filter(pl.col("text").str.contains("[，,。：:；;！？?!]"))
    found = [
        (occurrences(spaced.select("line", "text"), INVISIBLE), "invisible"),
        (occurrences(sentences.select("line", "text"), AFTER_MARK), "space_beside_mark"),
        (occurrences(_without_habit(lines, sentences), LATIN), "space_beside_latin"),
    ]
    edits = [
        as_edits(
            _blank_part(matches) if rule != "invisible" else matches,
            category="whitespace",
            rule_id=rule,
            confidence=1.0,
        )
        for matches, rule in found
    ]
    return pl.concat(edits).unique(subset=["line", "start"], keep="first", maintain_order=True).sort("line", "start")


def _blank_part(matches: pl.DataFrame) -> pl.DataFrame:
    """The blanks of matches that begin and end with the character beside them."""
    head = pl.col("match").str.extract(r"^([^ \t\x{a0}\x{3000}]+)").str.len_chars().cast(pl.Int64)
    blanks = pl.col("match").str.extract(rf"({BLANK}+)").str.len_chars().cast(pl.Int64)
    return matches.with_columns(start=pl.col("start") + head).with_columns(end=pl.col("start") + blanks)


def _without_habit(lines: pl.DataFrame, sentences: pl.DataFrame) -> pl.DataFrame:
    """Lines of `sentences` whose document mostly writes Latin beside Han without a space."""
    docs = sentences.filter(pl.col("text").str.contains(LATIN)).select("doc").unique()
    habit = (
        lines.join(docs, on="doc", how="semi")
        .group_by("doc")
        .agg(
            loose=pl.col("text").str.count_matches(LATIN).sum().cast(pl.Float64),
            tight=pl.col("text").str.count_matches(LATIN_TIGHT).sum().cast(pl.Float64),
        )
        .filter(pl.col("loose") < HABIT * (pl.col("loose") + pl.col("tight")))
    )
    return sentences.join(habit.select("doc"), on="doc", how="semi").select("line", "text")
