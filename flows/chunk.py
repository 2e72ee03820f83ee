"""One chunk of a stage: frames in, rows sifted, no store. What is here runs in any process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import polars as pl

import seeds
from flows.pipeline import Stage
from transforms.tables.base import Table
from transforms.tables.keeping import keeps_rules

Sifted = tuple[pl.DataFrame, pl.DataFrame]


def worked(stage: Stage, frames: Sequence[pl.DataFrame], known: dict[str, pl.DataFrame]) -> Sifted:
    """Transform and sift one chunk. `frames` are the inputs that are no seeds, in the order of `stage.reads`.

    `known` holds the seed tables read so far, by name, and takes in those read now.
    """
    given = iter(frames)
    inputs = [seed(table, known) if is_seed(table) else next(given) for table in stage.reads]
    return sift(stage, stage.transform(*inputs))


def alone(stage: Stage, chunks: Iterable[Sequence[pl.DataFrame]], known: dict[str, pl.DataFrame]) -> Iterator[Sifted]:
    """What each chunk comes to, in this process; a chunk is asked for only when the one before is done with."""
    for frames in chunks:
        yield worked(stage, frames, known)


def seed(table: type[Table], known: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """The rows of a seed table, read and checked once."""
    name = table.NAME.removeprefix("ref.")
    if name not in known:
        known[name] = table.validate(pl.concat(map(seeds.table, table.SEEDS or (name,))), cast=True)
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
