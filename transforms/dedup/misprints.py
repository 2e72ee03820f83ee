"""Short texts that differ in scattered letters: few 4-grams are left of them, so they are held against each other by place."""

from __future__ import annotations

import polars as pl

from transforms.dedup.characters import letters

# A flash of the agencies; in longer texts a few letters weigh nothing.
MOST_LETTERS = 100
# One letter in so many.
LETTERS_AN_EDIT = 14
_PAIR = ["short_id", "long_id"]


def misprinted(shared: pl.DataFrame, documents: pl.DataFrame, telling: str) -> pl.DataFrame:
    """The pairs with `is_misprinted`: short texts of as many letters that differ in single ones, apart from each other.

    No letter that differs is a digit, a Latin letter or one that makes other news of a sentence; at most one in fourteen
    does. Two letters that follow each other are a word, and may be a name.

    Args:
        shared: `short_id`, `long_id`, `short`, `long` (letters), `same_letters`.
        documents: Of every id among them `document_id`, `body_hans`.
        telling: The letters that make other news of a sentence.
    """
    alike = shared.filter(
        ~pl.col("same_letters") & (pl.col("short") == pl.col("long")) & (pl.col("long") <= MOST_LETTERS)
    ).select(_PAIR)
    ids = pl.concat([alike["short_id"], alike["long_id"]]).unique()
    spelt = _spelt(documents.filter(pl.col("document_id").is_in(ids.implode())), telling)
    place = pl.int_range(pl.len()).over(_PAIR)
    differing = (
        alike.join(spelt.rename({"document_id": "short_id"}), on="short_id")
        .join(spelt.rename({"document_id": "long_id"}), on="long_id", suffix="_long")
        .with_columns(letters=pl.col("mark").list.len())
        .explode("mark", "is_free", "mark_long", "is_free_long")
        .with_columns(place=place)
        .filter(pl.col("mark") != pl.col("mark_long"))
        .group_by(_PAIR)
        .agg(
            is_misprinted=(pl.len() * LETTERS_AN_EDIT <= pl.col("letters").first())
            & (pl.col("is_free") & pl.col("is_free_long")).all()
            & (pl.col("place").diff().fill_null(2) > 1).all()
        )
    )
    return shared.join(differing, on=_PAIR, how="left").with_columns(pl.col("is_misprinted").fill_null(False))


def _spelt(documents: pl.DataFrame, telling: str) -> pl.DataFrame:
    """The letters of every body in order: `document_id`, `mark`, and `is_free`, whether one may be a misprint."""
    told = letters(pl.Series([telling]))["mark"]
    flat = letters(documents["body_hans"]).select(
        "text", "mark", is_free=pl.col("han") & ~pl.col("mark").is_in(told.implode())
    )
    return (
        documents.select("document_id")
        .with_row_index("text")
        .join(flat.group_by("text", maintain_order=True).agg("mark", "is_free"), on="text")
        .drop("text")
    )
