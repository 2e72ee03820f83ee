"""What was done for some units is forgotten, in their stage and in every stage that builds on it."""

from __future__ import annotations

import polars as pl

from flows.pipeline import PIPELINE, Stage
from transforms.tables.base import Table
from warehouse.store import Store, sql


def forget(store: Store, units: pl.DataFrame) -> None:
    """Drop the marks and the rows of `units` (stage, unit_id), in that stage and behind it.

    Their clusters, and those of the documents they were paired with, are noted as changed.
    """
    stages = {stage.name: stage for stage in PIPELINE}
    with store.given("units", units):
        store.execute("create or replace temp table replayed as from units")
    store.execute(sql("clusters/forgotten"))
    for name in units["stage"].unique().sort():
        for stage in [stages[name], *builds_on(stages[name])]:
            forget_stage(store, stage, name)


def forget_stage(store: Store, stage: Stage, origin: str) -> None:
    """Drop what `stage` did for the units of `replayed` that are taken up again at `origin`."""
    units = "(select unit_id from replayed where stage = $origin)"
    column = "record_id" if stage.unit == "record_id" else "document_id"
    told = {"stage": stage.name, "origin": origin}
    store.execute(f"delete from ops.done where stage = $stage and unit_id in {units}", told)
    store.execute(f"delete from ops.quarantine where stage = $stage and {column} in {units}", told)
    columns = stage.writes.column_names()
    # What was said of two documents goes whichever of them is taken up again.
    for name in (f"{stage.unit}", f"other_{stage.unit}"):
        if name in columns:
            store.execute(f"delete from {stage.writes.NAME} where {name} in {units}", {"origin": origin})
    if "document_key" in columns:
        keys = "(select key_of(unit_id) from replayed where stage = $origin)"
        store.execute(f"delete from {stage.writes.NAME} where document_key in {keys}", {"origin": origin})


def builds_on(origin: Stage) -> list[Stage]:
    """The later stages that read, or take their units from, what `origin` writes for the same units, directly or not."""
    made: list[type[Table]] = [origin.writes]
    found: list[Stage] = []
    for stage in PIPELINE[PIPELINE.index(origin) + 1 :]:
        reads = (*stage.reads, stage.lists) if stage.lists else stage.reads
        if stage.unit == origin.unit and any(issubclass(read, table) for read in reads for table in made):
            found.append(stage)
            made.append(stage.writes)
    return found
