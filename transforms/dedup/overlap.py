"""How much text two documents share: sets of character 4-grams, and whether the end of the longer one is missing."""

from __future__ import annotations

import polars as pl

from transforms.dedup.characters import batches, ends, letters, runs, with_grams, with_sums

GRAM_LETTERS = 4
# A cut beginning may stand behind a short header in the other copy: where the end is looked for is moved by this much.
_SLACK_SHARE = 1.03
_SLACK_LETTERS = 8
# How much of the longer one counts as its start: more than such a header, less than two sentences.
_START_GRAMS = 40
# Pairs compared at a time: bounds the memory, changes nothing else.
_PAIR_BATCH = 2_000


def _profile(part: pl.DataFrame) -> pl.DataFrame:
    flat = letters(part["body_hans"])
    # Half of the hash tells the 4-grams of two texts apart, and is half the work.
    half = (pl.col("gram") // 2**32).cast(pl.UInt32)
    grams = (
        with_grams(flat, GRAM_LETTERS)
        .select("text", gram=half)
        .drop_nulls("gram")
        .group_by("text", maintain_order=True)
        .agg("gram")
    )
    sizes = flat.select(pl.col("text").rle()).unnest("text").select(text="value", letters="len")
    return (
        part.select("document_id")
        .with_row_index("text")
        .join(sizes, on="text", how="left")
        .join(grams, on="text", how="left")
        .select(
            "document_id",
            pl.col("letters").fill_null(0),
            sequence=pl.col("gram").fill_null(pl.lit([], dtype=pl.List(pl.UInt32))),
        )
        .with_columns(grams=pl.col("sequence").list.unique())
    )


def profiles(documents: pl.DataFrame) -> pl.DataFrame:
    """What comparing needs of every document.

    Returns:
        `document_id`, `letters` (count), `sequence` (4-grams in order), `grams` (the distinct ones).
    """
    parts = map(_profile, batches(documents.select("document_id", "body_hans")))
    # In one piece: lists scattered over chunks make every later join copy all of them.
    return pl.concat(list(parts), rechunk=True)


def _shared(pairs: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    shorter = known.select(short_id="document_id", short="letters", short_grams="grams")
    longer = known.select(long_id="document_id", long="letters", long_grams="grams")
    return (
        pairs.join(shorter, on="short_id")
        .join(longer, on="long_id")
        .select(
            *pairs.columns,
            "short",
            "long",
            short_count=pl.col("short_grams").list.len(),
            long_count=pl.col("long_grams").list.len(),
            # What both have is counted once less: quicker than to look for it.
            shared=pl.col("short_grams").list.len()
            + pl.col("long_grams").list.len()
            - pl.concat_list("short_grams", "long_grams").list.n_unique(),
        )
    )


def _with_same_letters(shared: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """The pairs with `same_letters`: letter by letter, only those are looked at that have the same 4-grams."""
    alike = shared.filter(
        (pl.col("short") == pl.col("long"))
        & (pl.col("shared") == pl.col("short_count"))
        & (pl.col("shared") == pl.col("long_count"))
    ).select("short_id", "long_id")
    ids = pl.concat([alike["short_id"], alike["long_id"]]).unique()
    near = documents.filter(pl.col("document_id").is_in(ids.implode())).select("document_id", "body_hans")
    spelt = near.with_row_index("text").join(
        runs(ends(with_sums(letters(near["body_hans"])), "text")).select("text", "hash"), on="text", how="left"
    )
    same = (
        alike.join(spelt.select(short_id="document_id", short_hash="hash"), on="short_id")
        .join(spelt.select(long_id="document_id", long_hash="hash"), on="long_id")
        .select("short_id", "long_id", same_letters=pl.col("short_hash").eq_missing(pl.col("long_hash")))
    )
    return shared.join(same, on=["short_id", "long_id"], how="left").with_columns(
        pl.col("same_letters").fill_null(False)
    )


def _cuts(shared: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """`start_share` and `end_share` of the pairs that may be a cut beginning and its whole; the others have no row."""
    cut = (pl.col("short") * _SLACK_SHARE).cast(pl.UInt32) + _SLACK_LETTERS
    beginning = pl.col("sequence").list.slice(0, cut)
    within = pl.col("short_grams")
    return (
        shared.filter((pl.col("shared") >= 0.5 * pl.col("short_count")) & (cut < pl.col("long")))
        .join(known.select(short_id="document_id", short_grams="grams"), on="short_id")
        .join(known.select(long_id="document_id", sequence="sequence"), on="long_id")
        .select(
            "short_id",
            "long_id",
            "short_grams",
            start=pl.col("sequence").list.slice(0, _START_GRAMS).list.unique(),
            end=pl.col("sequence").list.slice(cut).list.set_difference(beginning),
        )
        .filter(pl.col("end").list.len() > 0)
        .select(
            "short_id",
            "long_id",
            start_share=pl.col("start").list.set_intersection(within).list.len() / pl.col("start").list.len(),
            end_share=pl.col("end").list.set_intersection(within).list.len() / pl.col("end").list.len(),
        )
    )


def measured(pairs: pl.DataFrame, documents: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """The overlap of every pair.

    Args:
        pairs: `document_id`, `other_document_id`.
        documents: Of every id among them `document_id`, `body_hans`.
        known: What `profiles` returns, for all of them.

    Returns:
        One row per pair: its ids, `short_id` (the one with fewer letters), `short`, `long` (letters), `shared`
        (4-grams), `jaccard`, `containment` (of the shorter in the longer), `same_letters`; `start_share`, the share
        that the shorter has of the first 4-grams of the longer, and `end_share`, the share that it has of those that
        the longer has only past the length of the shorter (both 1 where no end can be missing).
    """
    sizes = known.select("document_id", size="letters")
    oriented = (
        pairs.select("document_id", "other_document_id")
        .join(sizes, on="document_id")
        .join(sizes.rename({"document_id": "other_document_id"}), on="other_document_id", suffix="_other")
        .with_columns(first_is_short=pl.col("size") <= pl.col("size_other"))
        .select(
            "document_id",
            "other_document_id",
            short_id=pl.when("first_is_short").then("document_id").otherwise("other_document_id"),
            long_id=pl.when("first_is_short").then("other_document_id").otherwise("document_id"),
        )
    )
    shared = pl.concat([_shared(part, known) for part in oriented.iter_slices(_PAIR_BATCH)])
    shared = _with_same_letters(shared, documents)
    cuts = pl.concat([_cuts(part, known) for part in shared.iter_slices(_PAIR_BATCH)])
    union = pl.col("short_count") + pl.col("long_count") - pl.col("shared")
    same = pl.col("same_letters").cast(pl.Float64)
    return shared.join(cuts, on=["short_id", "long_id"], how="left").with_columns(
        pl.col("start_share", "end_share").fill_null(1.0),
        jaccard=pl.when(union > 0).then(pl.col("shared") / union).otherwise(same),
        containment=pl.when(pl.col("short_count") > 0).then(pl.col("shared") / pl.col("short_count")).otherwise(same),
    )
