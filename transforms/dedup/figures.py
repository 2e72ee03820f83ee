"""Which figures of two texts stand in the same place, and which of those differ."""

from __future__ import annotations

import polars as pl

_NUMERALS = "零〇一二三四五六七八九十百千万亿两"
# A lone Chinese numeral is mostly no figure at all (一些, 统一); it counts with an ordinal mark or a unit of time.
FIGURE = (
    r"[0-9]+(?:[.,:][0-9]+)*"
    rf"|第[{_NUMERALS}]+"
    rf"|[{_NUMERALS}]{{2,}}"
    rf"|[{_NUMERALS}](?:月|日|季度|成|倍)"
)
_PLACE = "#"
_NOT_CONTEXT = r"[^\p{L}\p{N}#%‰℃°]+"
_BEFORE, _AFTER = 5, 2
_SHOWN = 3


def slots(documents: pl.DataFrame) -> pl.DataFrame:
    """The figures of every document with the words around them.

    Args:
        documents: `document_id`, `body_hans`.

    Returns:
        One row per figure: `document_id`, `context` (masked words before and after), `value`, `nth` (of its context in
        the document, 0-based), `nth_value` (of its context and value).
    """
    text = pl.col("body_hans").str.replace_all(r"[\s#]+", "")
    pieces = (
        documents.select("document_id", text=text)
        .select(
            "document_id",
            value=pl.col("text").str.extract_all(FIGURE),
            piece=pl.col("text").str.replace_all(FIGURE, _PLACE).str.replace_all(_NOT_CONTEXT, "").str.split(_PLACE),
        )
        .filter(pl.col("value").list.len() > 0)
    )
    before = pl.col("piece").list.slice(0, pl.col("value").list.len())
    after = pl.col("piece").list.slice(1)
    previous = pl.col("before").shift(1, fill_value="").over("document_id")
    left = pl.concat_str(previous, pl.lit(_PLACE), "before").str.tail(_BEFORE)
    right = pl.concat_str("after", pl.lit(_PLACE)).str.head(_AFTER)
    return (
        pieces.select("document_id", "value", before=before, after=after)
        .explode("value", "before", "after")
        .select(
            "document_id",
            pl.col("value").str.replace_all(",", "", literal=True),
            context=pl.concat_str(left, pl.lit(_PLACE), right),
        )
        .with_columns(
            nth=pl.int_range(pl.len()).over("document_id", "context"),
            nth_value=pl.int_range(pl.len()).over("document_id", "context", "value"),
        )
    )


def _sets(found: pl.DataFrame) -> pl.DataFrame:
    return found.group_by("document_id").agg(
        places=pl.struct("context", "nth").hash(),
        values=pl.struct("context", "value", "nth_value").hash(),
    )


def compared(pairs: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """How many figures of two documents stand in the same place, and which of them differ.

    Args:
        pairs: `document_id`, `other_document_id`.
        documents: `document_id`, `body_hans`.

    Returns:
        One row per pair: its ids, `aligned`, `differing` (counts of figures), `differences` (the first few, smaller
        id's value first; null if none differ).
    """
    found = slots(documents)
    sets = _sets(found)
    empty = pl.lit([], dtype=pl.List(pl.UInt64))
    counted = (
        pairs.select("document_id", "other_document_id")
        .join(sets, on="document_id", how="left")
        .join(sets.rename({"document_id": "other_document_id"}), on="other_document_id", how="left", suffix="_other")
        .with_columns(pl.col("places", "places_other", "values", "values_other").fill_null(empty))
        .with_columns(
            aligned=pl.col("places").list.set_intersection("places_other").list.len(),
            same=pl.col("values").list.set_intersection("values_other").list.len(),
        )
        .select("document_id", "other_document_id", "aligned", differing=pl.col("aligned") - pl.col("same"))
    )
    return counted.join(
        _differences(counted.filter(pl.col("differing") > 0), found),
        on=["document_id", "other_document_id"],
        how="left",
    )


def _differences(pairs: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    one = found.select("document_id", "context", "nth", "value")
    two = one.rename({"document_id": "other_document_id", "value": "other_value"})
    return (
        pairs.select("document_id", "other_document_id")
        .join(one, on="document_id", maintain_order="left_right")
        .join(two, on=["other_document_id", "context", "nth"], maintain_order="left_right")
        .filter(pl.col("value") != pl.col("other_value"))
        .group_by("document_id", "other_document_id")
        .agg(
            differences=pl.concat_str("value", pl.lit("|"), "other_value").head(_SHOWN).str.join(" "),
        )
    )
