"""What two texts say in the same words, in one piece: the aligned passages, and what stands between them."""

from __future__ import annotations

import polars as pl

from transforms.dedup.overlap import GRAM_LETTERS

# Eight letters in a row seldom stand twice in one text, so that where they stand in two texts tells how these align.
_WINDOW = 2 * GRAM_LETTERS
# Two matches belong to one passage if all between them is the same, or if a letter or two were edited there.
_EDIT_REACH = _WINDOW + 3
_EDIT_SHIFT = 2
# Shorter passages place the texts beside each other, but they are turns of phrase: nothing is told by them.
_TOLD_LETTERS = 30
# So much between two passages may be the filling of one place; more are texts of their own.
_SLOT_LETTERS = 60
# Pairs compared at a time: bounds the memory, changes nothing else.
_BATCH = 2_000
_PAIR = ["short_id", "long_id"]
_HALF = 2**32
_STIR = 0x9E3779B1


def _windows(known: pl.DataFrame) -> pl.DataFrame:
    """The windows that stand once in their document: `document`, `place`, `said` (sum of all up to here), `key`, which
    names document and window."""
    flat = known.select(
        "document", gram="sequence", place=pl.int_ranges(pl.col("sequence").list.len(), dtype=pl.Int64)
    ).explode("gram", "place", empty_as_null=False)
    later = pl.col("gram").shift(-GRAM_LETTERS).cast(pl.UInt64)
    inside = pl.col("document") == pl.col("document").shift(-GRAM_LETTERS)
    whole = flat.with_columns(
        said=pl.col("gram").cast(pl.UInt64).cum_sum(), window=(pl.col("gram") + _STIR * later) % _HALF
    ).filter(inside)
    keyed = whole.select("document", "place", "said", key=pl.col("document").cast(pl.UInt64) * _HALF + pl.col("window"))
    # Sorting finds the few that return in half the time that counting all of them takes.
    ordered = keyed["key"].sort()
    again = ordered.filter(ordered == ordered.shift(1)).unique()
    return keyed.filter(~pl.col("key").is_in(again.implode()))


def _matches(pairs: pl.DataFrame, windows: pl.DataFrame) -> pl.DataFrame:
    """Where a window that stands once in either text stands in both, in the order of the shorter: one row each."""
    return (
        pairs.join(windows, left_on="short", right_on="document")
        .with_columns(key=pl.col("long").cast(pl.UInt64) * _HALF + pl.col("key") % _HALF)
        .join(windows.select("place", "said", "key"), on="key", suffix="_long")
        .select("pair", "place", "place_long", "said", "said_long")
        .sort("pair", "place")
    )


def _passages(matches: pl.DataFrame) -> pl.DataFrame:
    """The passages of every pair: `pair`, `start`, `end`, `start_long`, `end_long` (letters), `same` (letters alike)."""
    step, shift = pl.col("place").diff(), (pl.col("place_long") - pl.col("place")).diff()
    is_same = ((pl.col("said") - pl.col("said_long")).diff() == 0) & (shift == 0)
    is_edit = (step <= _EDIT_REACH) & (shift.abs() <= _EDIT_SHIFT)
    return (
        matches.with_columns(is_same=is_same, step=step, follows=(pl.col("pair").diff() == 0) & (is_same | is_edit))
        .with_columns(pl.col("is_same", "follows").fill_null(False))
        .with_columns(
            passage=(~pl.col("follows")).cum_sum(),
            gain=pl.when(pl.col("is_same") & pl.col("follows"))
            .then("step")
            .otherwise(pl.when("follows").then(pl.min_horizontal("step", _WINDOW)).otherwise(_WINDOW)),
        )
        .group_by("passage", maintain_order=True)
        .agg(
            pl.col("pair").first(),
            start=pl.col("place").first(),
            end=pl.col("place").last() + _WINDOW,
            start_long=pl.col("place_long").first(),
            end_long=pl.col("place_long").last() + _WINDOW,
            same=pl.col("gain").sum(),
        )
    )


def _summed(passages: pl.DataFrame) -> pl.DataFrame:
    """One row per pair that shares a passage; what `aligned` returns of it."""
    gap, gap_long = (pl.col(f"start{side}") - pl.col(f"end{side}").shift(1).over("pair") for side in ("", "_long"))
    wider = pl.max_horizontal("gap", "gap_long")
    is_slot = (pl.min_horizontal("gap", "gap_long") > 0) & (wider > 1) & (wider <= _SLOT_LETTERS)
    same, longest = pl.col("same"), pl.col("same").arg_max()
    return (
        passages.with_columns(gap=gap, gap_long=gap_long)
        .group_by("pair", maintain_order=True)
        .agg(
            placed=same.sum(),
            told=same.filter(same >= _TOLD_LETTERS).sum(),
            slots=is_slot.sum().cast(pl.Int64),
            slotted=wider.filter(is_slot).sum(),
            longest=same.max(),
            start_short=pl.col("start").get(longest),
            start_long=pl.col("start_long").get(longest),
        )
    )


def aligned(pairs: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """The passages that two texts have in common, summed up for every pair.

    A passage is a run of letters that stand in both texts in one piece, a scattered edit of a letter or two allowed.

    Args:
        pairs: `short_id`, `long_id`.
        known: What `profiles` returns, for all of them.

    Returns:
        One row per pair that shares a passage, counts in letters: its ids; `placed`, in passages of 8 and more; `told`,
        in those of 30 and more; `slots`, the places between two passages that are filled otherwise, with two letters to
        sixty, and `slotted`, what they hold; `longest`, the longest passage, and the letter it starts with in either
        text (`start_short`, `start_long`).
    """
    wanted = known.with_row_index("document")
    windows = _windows(wanted)
    numbers = wanted.select("document_id", "document")
    numbered = (
        pairs.select(_PAIR)
        .join(numbers.rename({"document_id": "short_id", "document": "short"}), on="short_id")
        .join(numbers.rename({"document_id": "long_id", "document": "long"}), on="long_id")
        .with_row_index("pair")
    )
    if numbered.is_empty():
        return _NONE
    summed = [_summed(_passages(_matches(part, windows))) for part in numbered.iter_slices(_BATCH)]
    return numbered.select("pair", *_PAIR).join(pl.concat(summed), on="pair").drop("pair")


_NONE = pl.DataFrame(
    schema=dict.fromkeys(_PAIR, pl.String)
    | dict.fromkeys(["placed", "told", "slots", "slotted", "longest", "start_short", "start_long"], pl.Int64)
)
