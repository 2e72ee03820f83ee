"""What the rules of today would change in what was done under older ones, found by doing it again and comparing.

Nothing is written: every stage that reads a seed table which has changed does its units once more, from its inputs as
they are stored, and the rows are held against those stored. A document whose rows differ at any stage is touched; for
all others the inputs of every stage are the ones stored, so that nothing is missed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

import seeds
from flows.chunk import is_seed, worked
from flows.isolating import isolated
from flows.pipeline import PIPELINE, Stage
from flows.reference import digest_of
from flows.runner import Night, inputs, planned
from transforms.tables import views
from transforms.tables.base import seed_files
from warehouse.store import Store, sql


@dataclass(slots=True)
class SeedChange:
    """How a seed table differs from the one an older run worked under: rows added and removed, by their first cell."""

    seed: str
    added: list[str] = field(default_factory=list[str])
    removed: list[str] = field(default_factory=list[str])


@dataclass(slots=True)
class Drift:
    """What has changed, which stages it concerns, how many units were done before, which documents would change."""

    changes: list[SeedChange] = field(default_factory=list[SeedChange])
    stages: list[str] = field(default_factory=list[str])
    units: int = 0
    documents: set[str] = field(default_factory=set[str])


def drift(night: Night) -> Drift:
    """Compare what is stored with what the rules of today make of it. Writes temporary tables only."""
    found, store = Drift(changed_seeds(night.store)), night.store
    for stage in PIPELINE:
        read = [name for table in stage.reads if is_seed(table) for name in seed_files(table)]
        # What two documents come to together is no matter of one of them: a rebuild does it over.
        if stage.unit is None or views.Candidate in stage.reads or not read:
            continue
        store.execute(
            f"create or replace temp table outdated as {sql('rules/outdated')}", {"stage": stage.name, "seeds": read}
        )
        count = planned(stage, night, sql("rules/stale"))
        if not count:
            continue
        found.stages.append(stage.name)
        found.units += int(store.rows("select count(*) from pending")[0][0])
        for number in range(count):
            found.documents |= as_documents(store, stage, touched(stage, night, number))
            night.progress(stage.name, (number + 1) / count, "")
    return found


def touched(stage: Stage, night: Night, number: int) -> set[str]:
    """The units of a chunk whose rows would be others."""
    # What our code raised on is held back: it does not end the comparison either.
    good, _ = isolated(stage, inputs(stage, night, number), partial(worked, stage, known=night.seed_tables))
    columns = ", ".join(f'"{name}"' for name in stage.writes.column_names())
    query = sql("rules/touched").format(columns=columns, table=stage.writes.NAME, unit=stage.unit)
    with night.store.given("again", good.select(stage.writes.column_names())):
        return {str(unit) for (unit,) in night.store.rows(query)}


def as_documents(store: Store, stage: Stage, units: set[str]) -> set[str]:
    """The documents units belong to: a record that gives none is none."""
    if stage.unit == "document_id":
        return units
    rows = store.rows(
        "select distinct document_id from raw.documents where list_contains($units, record_id)",
        {"units": sorted(units)},
    )
    return {str(document) for (document,) in rows}


def changed_seeds(store: Store) -> list[SeedChange]:
    """Every seed table that was another one when something stored was done; fills the temporary table `today`."""
    texts = {name: seeds.text(name) for name in seeds.names()}
    rows = [(name, digest_of(text)) for name, text in texts.items()]
    store.execute("create or replace temp table today (seed VARCHAR, sha256 VARCHAR)")
    for name, digest in rows:
        store.execute("insert into today values ($name, $digest)", {"name": name, "digest": digest})
    older = store.rows(sql("rules/changed"))
    return [compared(str(name), str(text), texts[str(name)]) for name, text in older]


def compared(name: str, before: str, now: str) -> SeedChange:
    """The rows only one of two versions of a seed table has."""
    old, new = set(rows_of(before)), set(rows_of(now))
    return SeedChange(name, sorted({row[0] for row in new - old}), sorted({row[0] for row in old - new}))


def rows_of(text: str) -> Iterator[tuple[str, ...]]:
    """The rows of a CSV text, without the head."""
    rows = csv.reader(io.StringIO(text))
    next(rows, None)
    return (tuple(row) for row in rows if row)
