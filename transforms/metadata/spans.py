"""The removed spans that may state metadata, and the cues in them that say of what."""

from __future__ import annotations

import polars as pl

from transforms.hanzi import HAN
from transforms.lines import fold
from transforms.metadata import stamps
from transforms.metadata.judgement import Judgement
from transforms.repair.readings import CLOSING, OPENING, SYLLABLE
from transforms.spans import occurrences

# Where nothing true about this article is said.
DEAF = [
    "seo_spam",
    "pinyin",
    "html",
    "whitespace",
    "copyright",
    "related",
    "disclaimer",
    "platform_notice",
    "nav_footer",
]
# Footers of the site are deaf too, but for the editor who signs there and for the head of a page of a paper: its name, the
# day, the number of the page.
PAPER_HEAD = rf"^《?[{HAN}A-Za-z]{{2,12}}》?[\s|,]{{0,4}}(?:19|20)\d{{2}}.{{4,30}}\d\s?版"
LONGEST_SPAN = 400
CREDITS_ONLY = ["photo_credit", "caption"]
FIELD = "author_field"
GAP_BETWEEN_LABEL_AND_STAMP = 3
# What no word announces counts only among the first lines of a page.
LAST_TOP_LINE = 30
# The edge of a word, as patterns write it.
EDGE = r"\b"


_BLANK = r"[ \x{a0}]?"
INJECTED = rf"([{HAN}])(?:{_BLANK}{OPENING} ?{SYLLABLE} ?{CLOSING})+"
"""A reading put behind its character, 来(lái)源: no cue is known by it."""


def spans(parts: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """One row per span worth reading: line (row id), document_id, ordinal, line_no, category, text, folded."""
    removed = (
        parts.select("document_id", "removed")
        .explode("removed")
        .filter(pl.col("removed").is_not_null())
        .unnest("removed")
        .filter(pl.col("text").str.len_chars() <= LONGEST_SPAN)
        .select("document_id", "ordinal", "line_no", "category", pl.col("text").str.replace_all(INJECTED, "$1"))
    )
    fields = parts.filter(pl.col("author_field").str.contains(rf"[{HAN}]")).select(
        "document_id",
        ordinal=pl.lit(-1, pl.Int64),
        line_no=pl.lit(0, pl.Int64),
        category=pl.lit(FIELD),
        text="作者:" + pl.col("author_field"),
    )
    return (
        pl.concat([fields, removed])
        .with_columns(folded=fold(pl.col("text")))
        .filter(
            ~pl.col("category").is_in(DEAF)
            | pl.col("folded").str.contains(f"{judgement.framed('footer_editor')}|{PAPER_HEAD}")
        )
        .sort("document_id", "ordinal")
        .with_row_index("line")
    )


def cued(found: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """The spans cut at their cues: one row per cue, with what follows it up to the next.

    Columns: those of `found`, ordinal_in_span, start, end (of the cue), cue (folded), cue_text, role (of the seed, or 'stamp' for a
    moment), value and value_folded (what follows), previous_role and gap (of the cue before it).
    """
    forms = (
        *(stamps.CLOCK_FIRST, stamps.DAY_FIRST, stamps.FULL, stamps.in_english(judgement.months)),
        *(stamps.REPUBLIC, stamps.YEARLESS, stamps.IN_NUMERALS),
    )
    roles = [("stamp", stamps.unnamed(form)) for form in forms]
    roles += [(str(role), str(pattern)) for role, pattern in judgement.cues.select("role", "pattern").iter_rows()]
    marks = cues_in(found.select("line", text="folded"), [pattern for _, pattern in roles])
    role = pl.coalesce(
        [pl.when(pl.col("match").str.contains(f"^(?:{pattern})$")).then(pl.lit(name)) for name, pattern in roles]
    )
    # A cue is written in few ways.
    roles_of = marks.select("match").unique().with_columns(role=role)
    return (
        marks.join(roles_of, on="match", how="left", maintain_order="left")
        .with_columns(
            until=pl.col("start").shift(-1).over("line"),
            previous_role=pl.col("role").shift(1).over("line"),
            gap=pl.col("start") - pl.col("end").shift(1).over("line"),
            ordinal_in_span=pl.int_range(pl.len()).over("line"),
        )
        .join(found, on="line", how="left", maintain_order="left")
        .with_columns(length=pl.coalesce("until", pl.col("text").str.len_chars().cast(pl.Int64)) - pl.col("end"))
        .with_columns(
            cue=pl.col("match"),
            cue_text=pl.col("text").str.slice(pl.col("start"), pl.col("end") - pl.col("start")),
            value=pl.col("text").str.slice(pl.col("end"), pl.col("length")),
            value_folded=pl.col("folded").str.slice(pl.col("end"), pl.col("length")),
        )
        .drop("until", "length", "match")
    )


def cues_in(texts: pl.DataFrame, patterns: list[str]) -> pl.DataFrame:
    """The occurrences of any of the patterns, the earlier one preferred, in order.

    No automaton tells the edge of a word among Chinese letters, and what the engine does instead takes fifty times as
    long: patterns that ask for one are looked for only in texts that can hold them.
    """
    can = texts["text"].str.contains("|".join(f"(?:{each.replace(EDGE, '')})" for each in patterns if EDGE in each))
    plain = [each for each in patterns if EDGE not in each]
    found = [
        occurrences(texts.filter(some), "|".join(f"(?:{each})" for each in asked))
        for some, asked in ((~can, plain), (can, patterns))
    ]
    return pl.concat(found).sort("line", "start")


def unannounced(found: pl.DataFrame, marks: pl.DataFrame) -> pl.DataFrame:
    """The spans at the head of a page that were cut as bylines and hold no cue: names alone."""
    return found.filter((pl.col("category") == "byline") & (pl.col("line_no") <= LAST_TOP_LINE)).join(
        marks, on="line", how="anti"
    )
