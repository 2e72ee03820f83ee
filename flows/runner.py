"""One stage: read, transform, sift, judge, commit. Nothing here knows Prefect."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

import polars as pl

import seeds
from flows.pipeline import Stage
from flows.quarantine import held_back
from transforms.tables import core, enrichment, ops, raw
from transforms.tables.base import Table
from warehouse import store as warehouse
from warehouse.faults import point
from warehouse.store import Store

# What one unit of work weighs, as SQL over the table that lists the units: a chunk is bounded in bytes.
WEIGHTS = {
    raw.Record: "octet_length(payload)",
    raw.Document: "strlen(text)",
    core.CleanDocument: "strlen(body_original)",
    core.CanonicalDocument: "strlen(body_hans)",
    enrichment.Segmentation: "strlen(body_words)",
}


@dataclass(slots=True)
class StageReport:
    """What a stage did: units taken up, rows written, rows held back, wall seconds."""

    stage: str
    rows_in: int = 0
    rows_out: int = 0
    quarantined: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class Night:
    """What every stage of one run shares."""

    run_id: str
    night: date
    store: Store
    chunk_bytes: int
    seed_tables: dict[str, pl.DataFrame] = field(default_factory=dict[str, pl.DataFrame])
    progress: Callable[[str, float, str], None] = lambda stage, share, note: None

    def seed(self, table: type[Table]) -> pl.DataFrame:
        """The rows of a seed table, read and checked once."""
        name = table.NAME.removeprefix("ref.")
        if name not in self.seed_tables:
            self.seed_tables[name] = table.validate(pl.concat(map(seeds.table, table.SEEDS or (name,))), cast=True)
        return self.seed_tables[name]


def run(stage: Stage, night: Night) -> StageReport:
    """Take up what the stage has not finished, a chunk at a time; every finished chunk is a committed checkpoint."""
    report, started = StageReport(stage.name), time.perf_counter()
    if stage.unit is None:
        whole(stage, night, report)
    else:
        for share in chunks(stage, night):
            one_chunk(stage, night, report)
            night.progress(stage.name, share, "")
    report.seconds = time.perf_counter() - started
    return report


def whole(stage: Stage, night: Night, report: StageReport) -> None:
    """Do a table over from all of its inputs: for stages that work on keys, never on bodies."""
    inputs = [night.seed(t) if is_seed(t) else night.store.read(f"select * from {t.NAME}") for t in stage.reads]
    good, _ = sift(stage, stage.transform(*inputs))
    if not same_rows(night.store, stage.writes, good):
        with night.store.transaction():
            night.store.replace(stage.writes, good)
            point(f"{stage.name}:commit")
    report.rows_in, report.rows_out = inputs[0].height, good.height


def same_rows(store: Store, table: type[Table], rows: pl.DataFrame) -> bool:
    """Whether the table holds exactly these rows already: an unchanged night must leave no trace."""
    columns = table.column_names()
    there = store.read(f"select {', '.join(columns)} from {table.NAME}")
    return there.height == rows.height and there.sort(columns).equals(rows.select(columns).sort(columns))


def chunks(stage: Stage, night: Night) -> Iterator[float]:
    """Fill the temporary table `chunk` with the units of one chunk after the other; yields the share done after it."""
    store, listed = night.store, stage.lists or stage.reads[0]
    weight = next((sql for table, sql in WEIGHTS.items() if issubclass(listed, table)), "1")
    store.execute(
        f"""
        create or replace temp table pending as
        with units as (
            select {stage.unit} as unit_id, max({weight}) as weight
            from {listed.NAME}
            where {stage.unit} not in (select unit_id from ops.done where stage = $stage)
            group by all
        )
        select unit_id, (sum(weight) over (order by unit_id)) // $chunk_bytes as chunk_no
        from units
        """,
        {"stage": stage.name, "chunk_bytes": night.chunk_bytes},
    )
    numbers = [int(n) for (n,) in store.rows("select distinct chunk_no from pending order by 1")]
    for position, number in enumerate(numbers, 1):
        store.execute(
            f"create or replace temp table chunk as select unit_id as {stage.unit} from pending where chunk_no = $n",
            {"n": number},
        )
        yield position / len(numbers)


def one_chunk(stage: Stage, night: Night, report: StageReport) -> None:
    """Read, transform, sift and commit one chunk together with its checkpoint."""
    store = night.store
    result = stage.transform(*[inputs(table, stage, night) for table in stage.reads])
    good, held = sift(stage, result)
    rows = held_back(stage, held, night)
    with store.transaction():
        report.rows_out += store.insert(stage.writes, good)
        store.insert(ops.Quarantined, rows)
        store.execute("insert into ops.done select $stage, * from chunk", {"stage": stage.name})
        point(f"{stage.name}:commit")
    point(f"{stage.name}:committed")
    report.rows_in += int(store.rows("select count(*) from chunk")[0][0])
    report.quarantined += rows.height


def inputs(table: type[Table], stage: Stage, night: Night) -> pl.DataFrame:
    """The rows of one input that belong to the chunk at hand; seeds are given whole."""
    if is_seed(table):
        return night.seed(table)
    short = table.NAME.partition(".")[2]
    prepared = warehouse.SQL / "chunk" / f"{short}.sql"
    if prepared.exists():
        night.store.execute(f"create or replace temp table {short} as {prepared.read_text(encoding='utf-8')}")
        return night.store.read(f"select * from {short}")
    return night.store.read(f"select * from {table.NAME} where {stage.unit} in (select {stage.unit} from chunk)")


def sift(stage: Stage, result: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(rows that keep every rule of the table, rows held back with a column `reasons` of broken rules).

    A transform may name reasons itself in a column `reason_code`; such rows are held back as they are.
    """
    named = result.head(0).with_columns(reasons=pl.lit(None, pl.List(pl.String)))
    if "reason_code" in result.columns:
        named = result.filter(pl.col("reason_code").is_not_null()).with_columns(reasons=pl.concat_list("reason_code"))
        result = result.filter(pl.col("reason_code").is_null())
    columns = stage.writes.column_names()
    good, failure = stage.writes.filter(result.select(columns), cast=True)
    if not len(failure):
        return good, named
    details = failure.details()
    rules = [c for c in details.columns if c not in columns]
    broken = [pl.when(pl.col(r).cast(pl.String) == "invalid").then(pl.lit(r)) for r in rules]
    held = details.with_columns(reasons=pl.concat_list(broken).list.drop_nulls()).select(*columns, "reasons")
    return good, pl.concat([named, held], how="diagonal_relaxed")


def is_seed(table: type[Table]) -> bool:
    """Whether a table is judgement as data."""
    return table.NAME.startswith("ref.")
