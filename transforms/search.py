"""The word index: what a reader may search an article by."""

from __future__ import annotations

import numpy as np
import polars as pl

from transforms.hashed import places
from transforms.points import ranges
from transforms.words import BOUNDARY, parts, tally, words

IN_SEARCH = "search"
"""Scope of the stop words that are left out of the index; the others are only no keywords."""


def search_tokens(segmentations: pl.DataFrame, stop_words: pl.DataFrame) -> pl.DataFrame:
    """One row per document, sorted: `document_id`, its `tokens` in order, BOUNDARY between two, and their `occurrences`.

    `segmentations` are the words of documents (see words.py); `stop_words` is the seed table (`word`, `scope`).
    One string a document is stored at a third of the cost of a list of strings.
    A title word counts three times, Latin words are lower-cased, and the shorter words inside a long one are tokens too.
    """
    known = words(segmentations)
    stops = stop_words.filter(pl.col("scope") == IN_SEARCH)["word"].to_list()
    forms = _forms(known.vocabulary).filter(~pl.col("form").is_in(stops)).sort("word")
    tokens = forms["form"].unique().sort()
    number = places(forms["form"].hash(), tokens.hash()).to_numpy()
    # The tokens of a word stand beside each other: each of its rows is as many, without a list of them.
    begin = np.searchsorted(forms["word"].to_numpy(), np.arange(len(known.vocabulary) + 1))
    row, code, occurrences = (known.counts[name].to_numpy() for name in ("row", "code", "occurrences"))
    first, last = begin[code], begin[code + 1]
    row, occurrences = (np.repeat(column, last - first) for column in (row, occurrences))
    found = tally(row, number[ranges(first, last)], occurrences)
    listed = (
        found.select(
            pl.col("row").set_sorted(), pl.col("occurrences").cast(pl.Int32), token=tokens.gather(found["code"])
        )
        .group_by("row", maintain_order=True)
        .agg(pl.col("token").str.join(BOUNDARY), "occurrences")
    )
    rows = known.document_ids.alias("document_id").to_frame().with_row_index("row")
    return rows.join(listed, on="row", how="left", maintain_order="left").select(
        "document_id", tokens=pl.col("token").fill_null(""), occurrences=pl.col("occurrences").fill_null([])
    )


def _forms(vocabulary: pl.Series) -> pl.DataFrame:
    """One row per word and token it is found by: `word` (its code), `form`; the word itself and the words inside it."""
    lowered = vocabulary.str.to_lowercase()
    listed = pl.DataFrame({"form": lowered, "parts": parts(lowered)}).with_row_index("word")
    inside = listed.select("word", form=pl.col("parts")).explode("form", empty_as_null=False)
    return pl.concat([listed.select("word", "form"), inside])
