"""What stands in the same place of two texts: figures or names, found by the words around them."""

from __future__ import annotations

import polars as pl

_PLACE = "#"
_NOT_CONTEXT = r"[^\p{L}\p{N}#%‰℃°]+"
_BEFORE, _AFTER = 5, 2
# Characters looked at on either side to find so many letters: there may be punctuation among them.
_LOOKED_AT = 12
_SHOWN = 3
_PAIR = ["document_id", "other_document_id"]


def slots(documents: pl.DataFrame, pattern: str) -> pl.DataFrame:
    """What matches the pattern in every document, with the words around it.

    Args:
        documents: `document_id`, `body_hans`.
        pattern: Of what may stand in a slot; white space is gone when it is looked for.

    Returns:
        One row per match: `document_id`, `value`, `place` (hash of the words before and after, the other matches
        masked, and of how many of the document's earlier matches stand between the same words), `filling` (the same
        with the value).
    """
    text = pl.col("body_hans").str.replace_all(r"[\s#]+", "")
    # Split at its matches a text gives words and matches in turn.
    turns = text.str.replace_all(pattern, f"{_PLACE}${{0}}{_PLACE}").str.split(_PLACE)
    pieces = (
        documents.select("document_id", turns=turns)
        .with_row_index("text_no")
        .select(
            "document_id",
            "text_no",
            value=pl.col("turns").list.gather_every(2, 1),
            piece=pl.col("turns").list.gather_every(2),
        )
        .filter(pl.col("value").list.len() > 0)
    )
    return (
        pieces.with_columns(
            before=pl.col("piece").list.slice(0, pl.col("value").list.len()), after=pl.col("piece").list.slice(1)
        )
        .drop("piece")
        .explode("value", "before", "after")
        .with_columns(previous=pl.col("before").shift(1, fill_value="").over("text_no"))
        .with_columns(
            pl.col("value").str.replace_all(",", "", literal=True),
            context=pl.concat_str(_left(), pl.lit(_PLACE), _right()).hash(),
        )
        .with_columns(value_hash=pl.struct("context", "value").hash())
        .pipe(_numbered, "context", "nth")
        .pipe(_numbered, "value_hash", "nth_value")
        .select(
            "document_id",
            "value",
            place=pl.struct("context", "nth").hash(),
            filling=pl.struct("value_hash", "nth_value").hash(),
        )
    )


def _left() -> pl.Expr:
    near = pl.concat_str(pl.col("previous").str.tail(_LOOKED_AT), pl.lit(_PLACE), pl.col("before").str.tail(_LOOKED_AT))
    return near.str.replace_all(_NOT_CONTEXT, "").str.tail(_BEFORE)


def _right() -> pl.Expr:
    near = pl.concat_str(pl.col("after").str.head(_LOOKED_AT), pl.lit(_PLACE))
    return near.str.replace_all(_NOT_CONTEXT, "").str.head(_AFTER)


def _numbered(matches: pl.DataFrame, hashed: str, nth: str) -> pl.DataFrame:
    """The matches with `nth`: how many earlier ones of their text have the same `hashed`.

    Few have any: only these are counted.
    """
    keyed = matches.with_columns(key=pl.struct("text_no", hashed).hash()).with_row_index("match")
    again = keyed.filter(pl.col("key").is_duplicated()).select("match", pl.int_range(pl.len()).over("key").alias(nth))
    return (
        keyed.join(again, on="match", how="left", maintain_order="left")
        .drop("match", "key")
        .with_columns(pl.col(nth).fill_null(0))
    )


def compared(pairs: pl.DataFrame, documents: pl.DataFrame, pattern: str) -> pl.DataFrame:
    """How many slots of two documents stand in the same place, and in how many of them something else stands.

    Args:
        pairs: `document_id`, `other_document_id`.
        documents: `document_id`, `body_hans`.
        pattern: Of what may stand in a slot.

    Returns:
        One row per pair: its ids, `aligned`, `differing` (counts of slots), `unlike` (values of the document that has
        fewer which the other has nowhere), `fewer` (how many values it has), `differences` (the first few, smaller id's
        value first; null if none differ).
    """
    found = slots(documents, pattern)
    sets = found.group_by("document_id").agg(
        places="place", fillings="filling", values=pl.col("value").hash().unique(maintain_order=True)
    )
    lists = [f"{name}{side}" for name in ("places", "fillings", "values") for side in ("", "_other")]
    fewer = pl.min_horizontal(pl.col("values").list.len(), pl.col("values_other").list.len())
    counted = (
        pairs.select(_PAIR)
        .join(sets, on="document_id", how="left")
        .join(sets.rename({"document_id": "other_document_id"}), on="other_document_id", how="left", suffix="_other")
        .with_columns(pl.col(lists).fill_null(pl.lit([], dtype=pl.List(pl.UInt64))))
        .with_columns(
            aligned=pl.col("places").list.set_intersection("places_other").list.len(),
            same=pl.col("fillings").list.set_intersection("fillings_other").list.len(),
            alike=pl.col("values").list.set_intersection("values_other").list.len(),
            fewer=fewer,
        )
        .select(
            *_PAIR,
            "aligned",
            "fewer",
            differing=pl.col("aligned") - pl.min_horizontal("aligned", "same"),
            unlike=pl.col("fewer") - pl.col("alike"),
        )
    )
    return counted.join(_differences(counted.filter(pl.col("differing") > 0), found), on=_PAIR, how="left")


def _differences(pairs: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    one = found.select("document_id", "place", "value")
    two = one.rename({"document_id": "other_document_id", "value": "other_value"})
    return (
        pairs.select(_PAIR)
        .join(one, on="document_id", maintain_order="left_right")
        .join(two, on=["other_document_id", "place"], maintain_order="left_right")
        .filter(pl.col("value") != pl.col("other_value"))
        .group_by(_PAIR)
        .agg(differences=pl.concat_str("value", pl.lit("|"), "other_value").head(_SHOWN).str.join(" "))
    )
