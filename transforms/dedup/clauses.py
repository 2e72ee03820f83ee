"""The keys duplicates are searched by: whole clauses, and short anchors that survive scattered edits."""

from __future__ import annotations

import polars as pl

from transforms.dedup.characters import letters, runs, with_grams

MIN_CLAUSE_HAN = 6
ANCHOR_LETTERS = 8
# One 8-gram in sixteen becomes an anchor, by its own hash: the same words give the same anchors in every text.
ANCHOR_SHARE = 16
# Documents flattened at a time: bounds the memory, changes nothing else.
_BATCH = 500
_NONE = pl.DataFrame(schema={"document_id": pl.String, "clause_hash": pl.Int64, "clause_chars": pl.Int64})


def _keys(documents: pl.DataFrame) -> pl.DataFrame:
    flat = letters(documents["body_hans"])
    anchor = with_grams(flat, ANCHOR_LETTERS).filter(pl.col("gram") < 2**64 // ANCHOR_SHARE)
    found = pl.concat(
        [
            runs(flat, "clause").filter(pl.col("han_chars") >= MIN_CLAUSE_HAN).select("text", "hash", "chars"),
            anchor.select("text", hash="gram", chars=pl.lit(ANCHOR_LETTERS, dtype=pl.UInt32)),
        ]
    )
    keyless = set(range(documents.height)).difference(found["text"].unique())
    bare = flat.filter(pl.col("text").is_in(sorted(keyless))) if keyless else flat.clear()
    return (
        pl.concat([found, runs(bare, "text").select("text", "hash", "chars")])
        .group_by("text", "hash", maintain_order=True)
        .agg(pl.col("chars").sum())
        .select(
            "text", clause_hash=pl.col("hash").reinterpret(signed=True), clause_chars=pl.col("chars").cast(pl.Int64)
        )
        .sort("text", maintain_order=True)
        .select(pl.lit(documents["document_id"]).gather(pl.col("text")), "clause_hash", "clause_chars")
    )


def clauses(documents: pl.DataFrame) -> pl.DataFrame:
    """The search keys of every document, of that document alone.

    Two kinds share one table: the hash of every clause of at least six Chinese characters (punctuation and spaces
    removed), and anchors, the one in sixteen of all 8-letter windows whose hash is smallest. Copies, cuts and excerpts
    share clauses; texts whose edits lie scattered over most clauses still share anchors. A document with neither has
    one key, its whole body.

    Args:
        documents: `document_id`, `body_hans`.

    Returns:
        Rows of core.Clause, sorted by document, within one in the order of the text: clauses, then anchors.
    """
    ordered = documents.select("document_id", "body_hans").sort("document_id")
    return pl.concat([_NONE, *(_keys(part) for part in ordered.iter_slices(_BATCH))])
