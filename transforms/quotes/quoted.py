"""Spans between quotation marks that may be speech, with what stands before and after them in their paragraph."""

from __future__ import annotations

from typing import TypedDict

import polars as pl

from transforms.quotes.verbs import Verbs
from transforms.spans import occurrences

# A quotation that its paragraph does not close goes on in the next one.
MARKED = r"“[^“”]+(?:”|$)|「[^「」]+(?:」|$)"
SENTENCE = r"[。！？…!?—][’』]?$"
CONTEXT = 90
ANTECEDENT = 400
"""Characters before a quotation in which a pronoun finds its name."""


class Span(TypedDict):
    """What stands between quotation marks: its place in the body, and the words around it.

    `before` and `after` stay in the paragraph, at most CONTEXT characters; `earlier` are the characters before the quotation
    across paragraphs, for the search of an antecedent.
    """

    document_id: str
    text: str
    start: int
    end: int
    before: str
    after: str
    is_sentence: bool
    opens_paragraph: bool
    is_open: bool
    earlier: str


def quoted_spans(paragraphs: pl.DataFrame, verbs: Verbs) -> pl.DataFrame:
    """One row per span, columns as in `Span`; `paragraphs` are those of paragraphs.py."""
    marked = occurrences(paragraphs.select("line", "text"), MARKED)
    spans = marked.with_columns(
        is_open=~pl.col("match").str.contains("[”」]$"),
        text=pl.col("match").str.replace("^[“「]", "").str.replace("[”」]$", ""),
        outer_start=pl.col("start"),
        outer_end=pl.col("end"),
    ).with_columns(
        start=pl.col("start") + 1,
        end=pl.col("end") - pl.when("is_open").then(0).otherwise(1),
    )
    around = spans.join(paragraphs.rename({"text": "paragraph"}), on="line", maintain_order="left")
    described = around.with_columns(
        before=before("paragraph", "outer_start", CONTEXT),
        after=pl.col("paragraph").str.slice(pl.col("outer_end"), CONTEXT),
        is_sentence=pl.col("text").str.contains(SENTENCE),
        opens_paragraph=pl.col("outer_start") == 0,
    )
    return (
        described.filter(_may_be_speech(verbs), pl.col("end") > pl.col("start"))
        .with_columns(pl.col("start", "end", "outer_start") + pl.col("begin"))
        .with_columns(earlier=before("body", "outer_start", ANTECEDENT))
        .sort("document_id", "start")
        .select(*Span.__annotations__)
    )


def _may_be_speech(verbs: Verbs) -> pl.Expr:
    """Whether a span is worth asking who said it."""
    before, after, text = (pl.col(name) for name in ("before", "after", "text"))
    speaks, sure = list(verbs.words), pl.col("is_sentence") | pl.col("is_open")
    # 某某说，村里要修路，“…”。: the verb may stand at the beginning of a long sentence.
    ends_report = (before.str.ends_with("，") | text.str.contains("，")) & after.str.contains("^(?:[，。；！？]|$)")
    leads = after.str.starts_with("，") | text.str.ends_with("，")
    # What needs no verb is not searched for one: an empty text costs nothing.
    leads_on = pl.when(leads & ~sure).then(after).otherwise(pl.lit("")).str.contains_any(speaks)
    said_before = pl.when(~sure).then(before.str.slice(-24)).otherwise(pl.lit("")).str.contains_any(speaks)
    # “要我说，”某某顿了顿，“…”
    resumes = text.str.ends_with("，") & after.str.contains("，“", literal=True)
    return sure | said_before | ends_report | leads_on | resumes


def before(text: str, place: str, reach: int) -> pl.Expr:
    """Up to `reach` characters of the text before the place."""
    start = pl.col(place)
    return pl.col(text).str.slice(pl.max_horizontal(start - reach, 0), pl.min_horizontal(start, reach))
