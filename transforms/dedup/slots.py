"""What stands in the same place of two texts: figures or names, found by the words around them."""

from __future__ import annotations

import polars as pl

_PLACE = "#"
# Stands where the slot itself is; punctuation has no part in the context of one.
_SLOT = "\x00"
_NOT_CONTEXT = (
    r"[\x01-\x22$&-/:-@\[-`{-\x{af}\x{b1}-\x{bf}\x{2000}-\x{202f}\x{2031}-\x{206f}"
    r"\x{3000}-\x{3004}\x{3008}-\x{3020}\x{ff00}-\x{ff0f}\x{ff1a}-\x{ff20}\x{ff3b}-\x{ff40}\x{ff5b}-\x{ff65}]+"
)
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
        One row per match: `text` (UInt32, row of the document), `value`, `place` (hash of the words before and after,
        the other matches masked, and of how many of the document's earlier matches stand between the same words),
        `filling` (the same with the value).
    """
    text = pl.col("body_hans").str.replace_all(r"[\s#\x00]+", "")
    # Split at its matches a text gives words and matches in turn.
    turns = text.str.replace_all(pattern, f"{_PLACE}${{0}}{_PLACE}").str.split(_PLACE)
    pieces = (
        documents.select(turns=turns)
        .with_row_index("text")
        .select("text", value=pl.col("turns").list.gather_every(2, 1), piece=pl.col("turns").list.gather_every(2))
        .filter(pl.col("value").list.len() > 0)
    )
    is_first = pl.col("text").ne_missing(pl.col("text").shift(1))
    return (
        pieces.with_columns(
            before=pl.col("piece").list.slice(0, pl.col("value").list.len()), after=pl.col("piece").list.slice(1)
        )
        .drop("piece")
        .explode("value", "before", "after")
        .with_columns(previous=pl.when(is_first).then(pl.lit("")).otherwise(pl.col("before").shift(1)))
        .with_columns(pl.col("value").str.replace_all(",", "", literal=True), context=_around().hash())
        .with_columns(value_hash=pl.struct("context", "value").hash())
        .pipe(_numbered, "context", "nth")
        .pipe(_numbered, "value_hash", "nth_value")
        .select(
            "text",
            "value",
            place=pl.struct("context", "nth").hash(),
            filling=pl.struct("value_hash", "nth_value").hash(),
        )
    )


def _around() -> pl.Expr:
    """The letters before and after a slot, the slots beside it masked."""
    before = (pl.col("previous").str.tail(_LOOKED_AT), pl.lit(_PLACE), pl.col("before").str.tail(_LOOKED_AT))
    near = pl.concat_str(*before, pl.lit(_SLOT), pl.col("after").str.head(_LOOKED_AT), pl.lit(_PLACE))
    sides = near.str.replace_all(_NOT_CONTEXT, "").str.split_exact(_SLOT, 1).struct
    return pl.concat_str(
        sides.field("field_0").str.tail(_BEFORE), pl.lit(_SLOT), sides.field("field_1").str.head(_AFTER)
    )


def _numbered(matches: pl.DataFrame, hashed: str, nth: str) -> pl.DataFrame:
    """The matches with `nth`: how many earlier ones of their text have the same `hashed`.

    Few have any: only these are counted.
    """
    keyed = matches.with_columns(key=pl.struct("text", hashed).hash()).with_row_index("match")
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
        One row per pair: its ids, `aligned`, `differing` (counts of slots), `fewer` (how many values the document with
        fewer of them has), `unlike` (how many of these the other has nowhere), `apart` (in how many places the two
        values have no letter in common at their beginning: an edit leaves one; null if none differ), `differences` (the
        first few, smaller id's value first; null if none differ).
    """
    found = slots(documents, pattern)
    numbers = documents.select("document_id").with_row_index("text")
    numbered = pairs.select(_PAIR)
    for one, text in (("document_id", "text"), ("other_document_id", "text_other")):
        numbered = numbered.join(numbers.select(pl.col("document_id").alias(one), pl.col("text").alias(text)), on=one)
    counted = _counted(numbered, found)
    differences = _differences(counted.filter(pl.col("differing") > 0), found)
    return counted.join(differences, on=["text", "text_other"], how="left").drop("text", "text_other")


def _counted(pairs: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """`pairs` (ids, `text`, `text_other`) with `aligned`, `fewer`, `differing`, `unlike` (see `compared`) of the slots `found`."""
    sets = found.group_by("text").agg(
        places="place", fillings="filling", values=pl.col("value").hash().unique(maintain_order=True)
    )
    lists = [f"{name}{side}" for name in ("places", "fillings", "values") for side in ("", "_other")]
    fewer = pl.min_horizontal(pl.col("values").list.len(), pl.col("values_other").list.len())
    return (
        pairs.join(sets, on="text", how="left")
        .join(sets, left_on="text_other", right_on="text", how="left", suffix="_other")
        .with_columns(pl.col(lists).fill_null(pl.lit([], dtype=pl.List(pl.UInt64))))
        .with_columns(
            aligned=pl.col("places").list.set_intersection("places_other").list.len(),
            same=pl.col("fillings").list.set_intersection("fillings_other").list.len(),
            alike=pl.col("values").list.set_intersection("values_other").list.len(),
            fewer=fewer,
        )
        .select(
            *_PAIR,
            "text",
            "text_other",
            "aligned",
            "fewer",
            differing=pl.col("aligned") - pl.min_horizontal("aligned", "same"),
            unlike=pl.col("fewer") - pl.col("alike"),
        )
    )


def _is_apart() -> pl.Expr:
    """Whether neither of the first two letters of the one value is among those of the other."""
    other = pl.col("value_other").str.head(2)
    first, second = (pl.col("value").str.slice(place, 1) for place in (0, 1))
    return ~other.str.contains(first, literal=True) & ~other.str.contains(second, literal=True)


def _differences(pairs: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    filled = found.select("text", "place", "value")
    return (
        pairs.select("text", "text_other")
        .join(filled, on="text", maintain_order="left_right")
        .join(
            filled,
            left_on=["text_other", "place"],
            right_on=["text", "place"],
            suffix="_other",
            maintain_order="left_right",
        )
        .filter(pl.col("value") != pl.col("value_other"))
        .group_by("text", "text_other")
        .agg(
            apart=_is_apart().sum().cast(pl.Int64),
            differences=pl.concat_str("value", pl.lit("|"), "value_other").head(_SHOWN).str.join(" "),
        )
    )
