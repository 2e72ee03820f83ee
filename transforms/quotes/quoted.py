"""Spans between quotation marks that may be speech, with what stands before and after them in their paragraph."""

from __future__ import annotations

import polars as pl

from transforms.quotes.verbs import Verbs
from transforms.spans import occurrences

# A quotation that its paragraph does not close goes on in the next one.
MARKED = r"“[^“”]+(?:”|$)|「[^「」]+(?:」|$)"
SENTENCE = r"[。！？…!?—][’』]?$"
CONTEXT = 90
ANTECEDENT = 400
"""Characters before a quotation in which a pronoun finds its name."""


def quoted_spans(paragraphs: pl.DataFrame, verbs: Verbs) -> pl.DataFrame:
    """Columns document_id, text, start, end, before, after, is_sentence, opens_paragraph, is_open, earlier.

    `paragraphs` are those of paragraphs.py; start and end are places in the body. `before` and `after` stay in the
    paragraph, at most CONTEXT characters; `earlier` are the characters before the quotation across paragraphs, for the
    search of an antecedent.
    """
    marked = occurrences(paragraphs.select("line", "text"), MARKED)
    spans = marked.with_columns(
        is_open=~pl.col("match").str.contains("[”」]$"),
        text=pl.col("match").str.strip_chars("“”「」"),
        outer_start=pl.col("start"),
        outer_end=pl.col("end"),
    ).with_columns(
        start=pl.col("start") + 1,
        end=pl.col("end") - pl.when("is_open").then(0).otherwise(1),
    )
    around = spans.join(paragraphs.rename({"text": "paragraph"}), on="line", maintain_order="left")
    described = around.with_columns(
        before=_before("paragraph", "outer_start", CONTEXT),
        after=pl.col("paragraph").str.slice(pl.col("outer_end"), CONTEXT),
        is_sentence=pl.col("text").str.contains(SENTENCE),
        opens_paragraph=pl.col("outer_start") == 0,
    )
    worthwhile = (
        pl.col("is_sentence")
        | pl.col("is_open")
        | pl.col("before").str.slice(-24).str.contains_any(list(verbs.words))
        # 某某说，村里要修路，“…”。: the verb may stand at the beginning of a long sentence.
        | (
            (pl.col("before").str.ends_with("，") | pl.col("text").str.contains("，"))
            & pl.col("after").str.contains("^(?:[，。；！？]|$)")
        )
        | (
            (pl.col("after").str.starts_with("，") | pl.col("text").str.ends_with("，"))
            & pl.col("after").str.contains_any(list(verbs.words))
        )
    )
    return (
        described.filter(worthwhile, pl.col("end") > pl.col("start"))
        .with_columns(pl.col("start", "end", "outer_start") + pl.col("begin"))
        .with_columns(earlier=_before("body", "outer_start", ANTECEDENT))
        .sort("document_id", "start")
        .select(
            "document_id",
            "text",
            "start",
            "end",
            "before",
            "after",
            "is_sentence",
            "opens_paragraph",
            "is_open",
            "earlier",
        )
    )


def _before(text: str, place: str, reach: int) -> pl.Expr:
    """Up to `reach` characters of the text before the place."""
    start = pl.col(place)
    return pl.col(text).str.slice(pl.max_horizontal(start - reach, 0), pl.min_horizontal(start, reach))
