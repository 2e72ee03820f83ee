"""The keys duplicates are searched by: whole clauses, and short anchors that survive scattered edits."""

from __future__ import annotations

import polars as pl

from transforms.dedup.characters import batches, ends, letters, runs, with_grams, with_sums
from transforms.tables.base import empty
from transforms.tables.core import Clause

MIN_CLAUSE_HAN = 6
ANCHOR_LETTERS = 8
# One 8-gram in sixteen becomes an anchor, by its own hash: the same words give the same anchors in every text. Of a short
# text one in four, for one edit may hit the few that it would have.
ANCHOR_SHARE, SHORT_ANCHOR_SHARE = 16, 4
SHORT_LETTERS = 100
# Odd: tells the same key of two texts apart.
_SPREAD = pl.lit(0x9E3779B97F4A7C15, dtype=pl.UInt64)
# Keeps the key of a body apart from the key of a clause that is the same words.
_BODY = pl.lit(0xA5A5A5A5A5A5A5A5, dtype=pl.UInt64)


def _keys(documents: pl.DataFrame) -> pl.DataFrame:
    flat = letters(documents["body_hans"])
    clause_ends = ends(with_sums(flat).drop("mark", "han"), "clause")
    clause, body = runs(clause_ends), runs(ends(clause_ends, "text"))
    short = body.filter(pl.col("chars") <= SHORT_LETTERS)["text"].implode()
    gram = pl.col("gram")
    anchor = (
        with_grams(flat.select("text", "mark"), ANCHOR_LETTERS)
        .select("text", "gram")
        .filter(gram < 2**64 // SHORT_ANCHOR_SHARE)
        .filter((gram < 2**64 // ANCHOR_SHARE) | pl.col("text").is_in(short))
    )
    body = body.select("text", hash=pl.col("hash") ^ _BODY, chars="chars")
    found = pl.concat(
        [
            clause.filter(pl.col("han_chars") >= MIN_CLAUSE_HAN).select("text", "hash", "chars"),
            anchor.select("text", hash="gram", chars=pl.lit(ANCHOR_LETTERS, dtype=pl.UInt32)),
            body,
        ]
    )
    named = (
        documents.select("night", document_key=pl.col("document_id").str.head(15).str.to_integer(base=16))
        .with_row_index("text")
        .join(
            body.select("text", body_hash=pl.col("hash").reinterpret(signed=True)),
            on="text",
            how="left",
            maintain_order="left",
        )
    )
    return _told_once(found).select(
        *(pl.lit(named[name]).gather(pl.col("text")) for name in ("document_key", "body_hash")),
        clause_hash=pl.col("hash").reinterpret(signed=True),
        clause_chars=pl.col("chars").cast(pl.Int64),
        night=pl.lit(named["night"]).gather(pl.col("text")),
    )


def _told_once(found: pl.DataFrame) -> pl.DataFrame:
    """The keys sorted by text, one that a text says again in one row with the characters of all.

    Few are said again: only these are grouped, and sorting finds them in half the time that counting all takes.
    """
    own = found.select(pl.col("hash") + pl.col("text").cast(pl.UInt64) * _SPREAD).to_series()
    ordered = own.sort()
    returning = ordered.filter(ordered == ordered.shift(1)).unique()
    placed = found.with_columns(
        place=pl.col("text").cast(pl.UInt64) * 2**32 + pl.int_range(pl.len(), dtype=pl.UInt64),
        is_again=own.is_in(returning.implode()),
    )
    again = (
        placed.filter("is_again")
        .group_by("text", "hash")
        .agg(pl.col("chars").sum(), pl.col("place").min(), pl.col("is_again").first())
    )
    once = placed.filter(~pl.col("is_again"))
    return pl.concat([once, again.select(placed.columns)]).sort("place")


def clauses(documents: pl.DataFrame) -> pl.DataFrame:
    """The search keys of every document, of that document alone.

    Three kinds share one table: the hash of every clause of at least six Chinese characters (punctuation and spaces
    removed); anchors, the one in sixteen of all 8-letter windows whose hash is smallest (of a text of up to a hundred
    letters the one in four); and the whole body. Copies, cuts and excerpts share clauses; texts whose edits lie
    scattered over most clauses still share anchors; copies word for word share the body.

    Args:
        documents: `document_id`, `night`, `body_hans`.

    Returns:
        Rows of core.Clause, sorted by document, within one in the order of the text: clauses, anchors, the body
        (where `clause_hash` is `body_hash`). A body without a letter has no key.
    """
    ordered = documents.select("document_id", "night", "body_hans").sort("document_id")
    return pl.concat([empty(Clause), *map(_keys, batches(ordered))])
