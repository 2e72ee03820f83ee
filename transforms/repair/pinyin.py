"""Injected pinyin, `X(py)` where py is a reading of X: the bracket is cut, a gloss or an abbreviation stays."""

from __future__ import annotations

import polars as pl

from transforms.lines import preceding
from transforms.repair.dialects import before_characters, bopomofo, in_other_signs, spelt_words
from transforms.repair.readings import CLOSING, LETTER, OPENING, SYLLABLE, TONE, TONED, TYPED, readings, toneless
from transforms.spans import as_edits, occurrences

BRACKET = rf"{OPENING}[ ]?{TYPED}[ ]?{CLOSING}"
BLANK = r"[ \x{a0}]"
# Doubled readings are in small letters; capitals behind one, 暴(bào)(FRB), are the author's.
AGAIN = rf"{OPENING}[ ]?{SYLLABLE}[1-5]?[ ]?{CLOSING}"
# A page that sets its brackets off sets them off on both sides.
ANNOTATED = rf"\p{{Han}}(?:{BLANK}{BRACKET}{BLANK}?|{BRACKET})(?:{BLANK}{AGAIN}{BLANK}?|{AGAIN})*"
# Where nearly all brackets of a text have a blank behind them, it came with them.
HABIT = 0.8
BREAKS_OFF = rf"\p{{Han}}(?:{OPENING}{LETTER}{{0,7}})?$"
GOES_ON = rf"^{OPENING}?{LETTER}{{0,7}}{CLOSING}"
TONE_SHOWN = rf"(?i:[{TONED}])|[a-zü:][1-5] ?[)）\]］】>＞〉}}｝/]"
# One bracket may be a gloss of the author's; this many in one text are a broken page.
INJECTED = 3
# 锂(Li)和钠(Na): a capital may begin the sign of an element; so many different ones begin none.
CAPITALS = 4


def pinyin_edits(lines: pl.DataFrame) -> pl.DataFrame:
    """Cuts of category `pinyin` for `lines` (doc, line, text, is_suspect)."""
    suspects = lines.filter("is_suspect")
    behind = _annotated(pl.concat([_whole(suspects), _broken(lines)]), lines)
    others = [_several(bopomofo(suspects), lines)]
    # The other forms a text must show with their tones; few texts hold any, and a pattern costs what it takes to read it.
    toned = suspects.select("doc", tones=pl.col("text").str.count_matches(TONE_SHOWN)).group_by("doc").sum()
    toned = toned.filter(pl.col("tones") >= INJECTED)["doc"]
    if len(toned):
        shown = suspects.filter(pl.col("doc").is_in(toned.implode()))
        behind, before = _either(behind, _several(before_characters(shown), lines))
        others += [before, *(_several(dialect(shown), lines) for dialect in (in_other_signs, spelt_words))]
    cuts = pl.concat([behind, *others]).filter(pl.col("end") > pl.col("start")).sort("line", "start")
    apart = (pl.col("start") >= preceding("end", "line")).fill_null(value=True)
    return as_edits(cuts.filter(apart), category="pinyin", rule_id="reading_in_brackets", confidence=1.0)


def _either(behind: pl.DataFrame, before: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Both, without those of a text that keeps more to the other: a bracket between two characters is of one of them."""
    counts = (
        behind.group_by("doc").len().join(before.group_by("doc").len("before"), on="doc", how="full", coalesce=True)
    )
    is_before = pl.col("before").fill_null(0) > pl.col("len").fill_null(0)
    return (
        behind.join(counts.filter(is_before), on="doc", how="anti"),
        before.join(counts.filter(is_before), on="doc", how="semi"),
    )


def _several(found: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """line, start, end, doc: those of `found` (line, start, end, is_toned) whose text has several with their tones."""
    if found.is_empty():
        return found.select("line", "start", "end", doc=pl.lit(None, lines.schema["doc"]))
    told = found.join(lines.select("line", "doc"), on="line", how="left", maintain_order="left")
    return told.filter(pl.col("is_toned").sum().over("doc") >= INJECTED).drop("is_toned")


def _annotated(found: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """line, start, end, doc: those of the brackets `found` that hold a reading of the character before them."""
    if found.is_empty():
        return found.select("line", "start", "end", doc=pl.lit(None, lines.schema["doc"]))
    is_toned = pl.col("match").str.contains(TONE)
    is_capital = pl.col("match").str.contains("[A-Z]") & ~is_toned
    capitals = pl.col("key").n_unique().over("doc", "is_capital")
    return (
        found.join(readings().select("key", "is_common"), on="key", how="inner")
        .join(lines.select("line", "doc"), on="line", how="left")
        .with_columns(is_capital=is_capital)
        .filter(
            (pl.len().over("doc") >= INJECTED) | (pl.col("is_common") & pl.col("match").str.contains(f"(?i)[{TONED}]"))
        )
        .filter(~pl.col("is_capital") | (capitals >= CAPITALS) | (is_toned.sum().over("doc") >= INJECTED))
        .select("line", "start", "end", "doc")
    )


def _whole(lines: pl.DataFrame) -> pl.DataFrame:
    """line, start, end (of the brackets), match (with the character before them), key: annotations inside a line."""
    syllables = pl.col("match").str.extract_all(TYPED).list.eval(toneless(pl.element()))
    bracketed = lines.filter(pl.col("text").str.contains_any(["(", "（", "[", "［", "【"]))
    is_set_off, is_followed = pl.col("match").str.contains(f"^.{BLANK}"), pl.col("match").str.contains(f"{BLANK}$")
    belongs = is_set_off | ((is_followed | is_set_off).mean().over("doc") >= HABIT)
    return (
        occurrences(bracketed, rf"{ANNOTATED}{BLANK}?")
        .join(lines.select("line", "doc"), on="line", maintain_order="left")
        .filter(syllables.list.n_unique() == 1)
        .select(
            "line",
            (pl.col("start") + 1),
            pl.col("end") - (is_followed & ~belongs).cast(pl.Int64),
            pl.col("match").str.strip_chars_end(" \xa0"),
            key=pl.col("match").str.head(1) + syllables.list.first(),
        )
    )


def _broken(lines: pl.DataFrame) -> pl.DataFrame:
    """The same columns for annotations that a hard wrap broke over two lines: two rows each."""
    lower = (
        lines.filter("is_suspect")
        .filter(pl.col("text").str.contains(GOES_ON))
        .select("doc", line=pl.col("line") - 1, line_below="line", closed=pl.col("text").str.extract(f"({GOES_ON})"))
    )
    broken = (
        lines.select("doc", "line", "text")
        .join(lower, on=["doc", "line"], how="inner")
        .with_columns(
            opened=pl.col("text").str.extract(f"({BREAKS_OFF})"), size=pl.col("text").str.len_chars().cast(pl.Int64)
        )
        .with_columns(match=pl.col("opened") + pl.col("closed"))
        .filter(pl.col("match").str.contains(f"^{ANNOTATED}$"))
        .with_columns(key=pl.col("match").str.head(1) + toneless(pl.col("match").str.extract(f"({TYPED})")))
    )
    left = broken.select(
        "line", "match", "key", end="size",
        start=pl.col("size") - pl.col("opened").str.len_chars().cast(pl.Int64) + 1,
    )  # fmt: skip
    right = broken.select(
        "match",
        "key",
        line="line_below",
        start=pl.lit(0, pl.Int64),
        end=pl.col("closed").str.len_chars().cast(pl.Int64),
    )
    return pl.concat([part.select("line", "start", "end", "match", "key") for part in (left, right)])
