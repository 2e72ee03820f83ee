"""One chunk of a stage, and of those that go on from it: frames in, rows sifted, no store. This runs in any process."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import polars as pl

import seeds
from flows.collecting import paused
from flows.isolating import isolated, raising, without
from flows.pipeline import PIPELINE, Stage
from transforms.tables.base import Table, seed_files
from transforms.tables.keeping import keeps_rules

Sifted = tuple[pl.DataFrame, pl.DataFrame]
Frames = Sequence[pl.DataFrame]


class Part(NamedTuple):
    """What a chunk comes to in one stage: rows that keep every rule, rows held back, and the seconds it took."""

    good: pl.DataFrame
    held: pl.DataFrame
    seconds: float


Parts = list[Part]


def carried(stage: Stage, done: Collection[str] = ()) -> tuple[Stage, ...]:
    """The stage and those behind it that can be done on its chunks at once: of what they read, it reads or they write all.

    A text is then read from the store once, and crosses to a worker once, for all that is read out of it. Stages named
    in `done` are left out, and what builds on them.
    """
    chain, at_hand = [stage], {table for table in (*stage.reads, stage.writes) if not is_seed(table)}
    if stage.unit is None or stage.lists or stage.is_guarded or stage.replaces:
        return (stage,)
    for later in PIPELINE[PIPELINE.index(stage) + 1 :]:
        if later.unit != stage.unit or later.lists or later.is_guarded or later.replaces:
            break
        if later.name not in done and all(is_seed(table) or table in at_hand for table in later.reads):
            chain.append(later)
            at_hand.add(later.writes)
    return tuple(chain)


def through(stages: Sequence[Stage], frames: Frames, known: dict[str, pl.DataFrame]) -> Parts:
    """Do one chunk in each of these stages, the later ones from what is at hand (see `carried`)."""
    at_hand = dict(zip((table for table in stages[0].reads if not is_seed(table)), frames, strict=True))
    parts: Parts = []
    for stage in stages:
        begun = time.perf_counter()
        with paused():
            wanted = [at_hand[table] for table in stage.reads if not is_seed(table)]
            good, held = isolated(stage, wanted, partial(worked, stage, known=known))
        at_hand[stage.writes] = good
        if not held.is_empty():
            # What a stage raised on goes no further: the later ones would miss what it did not write.
            raised = raising(held, f"{stage.unit}")[f"{stage.unit}"].drop_nulls()
            at_hand = {table: without(frame, f"{stage.unit}", raised.to_list()) for table, frame in at_hand.items()}
        parts.append(Part(good, held, time.perf_counter() - begun))
    return parts


def worked(stage: Stage, frames: Frames, known: dict[str, pl.DataFrame]) -> Sifted:
    """Transform and sift one chunk. `frames` are the inputs that are no seeds, in the order of `stage.reads`.

    `known` holds the seed tables read so far, by name, and takes in those read now.
    """
    given = iter(frames)
    inputs = [seed(table, known) if is_seed(table) else next(given) for table in stage.reads]
    return sift(stage, stage.transform(*inputs))


def alone(stages: Sequence[Stage], chunks: Iterable[Frames], known: dict[str, pl.DataFrame]) -> Iterator[Parts]:
    """What each chunk comes to, in this process; a chunk is asked for only when the one before is done with."""
    for frames in chunks:
        yield through(stages, frames, known)


def seed(table: type[Table], known: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """The rows of a seed table, read and checked once."""
    name = table.NAME.removeprefix("ref.")
    if name not in known:
        known[name] = table.validate(pl.concat(map(seeds.table, seed_files(table))), cast=True)
    return known[name]


def is_seed(table: type[Table]) -> bool:
    """Whether a table is judgement as data."""
    return table.NAME.startswith("ref.")


def sift(stage: Stage, result: pl.DataFrame) -> Sifted:
    """(rows that keep every rule of the table, rows held back with a column `reasons` of broken rules).

    A transform may name reasons itself in a column `reason_code`; such rows are held back as they are.
    """
    named = result.head(0).with_columns(reasons=pl.lit(None, pl.List(pl.String)))
    if "reason_code" in result.columns:
        named = result.filter(pl.col("reason_code").is_not_null()).with_columns(reasons=pl.concat_list("reason_code"))
        result = result.filter(pl.col("reason_code").is_null())
    columns = stage.writes.column_names()
    rows = result.select(columns)
    if keeps_rules(rows, stage.writes):
        return rows, named
    good, failure = stage.writes.filter(rows, cast=True)
    if not len(failure):
        return good, named
    details = failure.details()
    rules = [c for c in details.columns if c not in columns]
    broken = [pl.when(pl.col(r).cast(pl.String) == "invalid").then(pl.lit(r)) for r in rules]
    held = details.with_columns(reasons=pl.concat_list(broken).list.drop_nulls()).select(*columns, "reasons")
    return good, pl.concat([named, held], how="diagonal_relaxed")
