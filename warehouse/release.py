"""A release: build it aside, seal it, flip to it. Readers see the old one or the new one, nothing between."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from transforms.tables import marts, meta
from transforms.tables.base import Table
from warehouse import ddl, renewal, shelf
from warehouse.faults import point
from warehouse.quoting import quoted
from warehouse.sealed import table_digest
from warehouse.shelf import FILE
from warehouse.store import Store

CONTRACT_VERSION = "1.0.0"
# Old clients (1.3 and later) read this storage; the default of DuckDB 2.0 they do not.
STORAGE_VERSION = "v1.2.0"
HERE = Path(__file__).resolve().parent


class Damaged(Exception):
    """A release does not hold what its manifest says."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a release is to be: who ordered it, for which night, on what footing."""

    release_id: str
    run_id: str
    night: date
    built_at_utc: datetime
    code_version: str
    reference_digest: str
    parent_release_id: str | None
    revision: int

    def parameters(self) -> dict[str, Any]:
        """The values the SQL of meta tables may ask for."""
        return {
            "release_id": self.release_id,
            "run_id": self.run_id,
            "night": self.night,
            "built_at_utc": self.built_at_utc,
            "code_version": self.code_version,
            "contract_version": CONTRACT_VERSION,
            "reference_digest": self.reference_digest,
            "parent_release_id": self.parent_release_id,
        }


@dataclass(frozen=True, slots=True)
class Letters:
    """What a release must know of letters: the characters search folds and what it folds them to; names in Traditional."""

    folds: tuple[str, str]
    traditional: Callable[[pl.Series], pl.Series]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to: the tables for the manifest, and what the next release needs to be renewed from this one.

    `totals` is {fate: records}, `fresh` the same for the records the earlier release did not know.
    """

    tables: dict[str, Any]
    footing: str
    why_full: str | None
    last_full: dict[str, int]
    totals: dict[str, int]
    fresh: dict[str, int]


def build(store: Store, order: Order, folder: Path, letters: Letters, earlier: Path | None = None) -> Built:
    """Write `folder`/warehouse.duckdb from the working database, renewed from the release in `earlier` if that may be.

    The file ends checkpointed, closed and read-only, with no write-ahead log beside it.
    """
    path, stands_on = folder / FILE, footing(order, letters.folds)
    why_full = renewal.copied(store, earlier, path, stands_on)
    before = None if why_full else shelf.manifest(earlier) if earlier else None
    with store.for_readers():
        attach(store, path)
        try:
            point("publish:attached")
            renewal.stand(store, renewed=before is not None)
            spell(store, letters)
            if before is None:
                make(store, letters.folds)
            tables = fill(store, order, before["tables"] if before else None)
            totals, fresh = fates(store, earlier)
            point("publish:checkpoint")
            store.execute("CHECKPOINT published")
            point("publish:checkpointed")
        finally:
            store.execute("DETACH published")
    if leftovers := list(folder.glob("*.wal")):
        raise Damaged(f"{leftovers[0]} is left beside the new warehouse: the checkpoint did not finish")
    path.chmod(0o444)
    point("publish:detached")
    full = {"file_bytes": path.stat().st_size, "rows": renewal.rows_of(tables)}
    return Built(tables, stands_on, why_full, before["last_full"] if before else full, totals, fresh)


def attach(store: Store, path: Path) -> None:
    """Open the file that is to become the warehouse as `published`.

    It keeps no log of what is written: until it is checkpointed it is worth nothing, and is thrown away if we die.
    """
    options = f"STORAGE_VERSION {quoted(STORAGE_VERSION)}, RECOVERY_MODE 'no_wal_writes'"
    store.execute(f"ATTACH {quoted(str(path))} AS published ({options})")


def footing(order: Order, folds: tuple[str, str]) -> str:
    """A digest of all that rows depend on but the working tables: one release can be renewed from another of the same."""
    declared = [statement for table in (*all_tables(), *all_views()) for statement in ddl.create(table)]
    queries = [path.read_text(encoding="utf-8") for path in sorted(HERE.rglob("*.sql"))]
    versions = [order.code_version, CONTRACT_VERSION, STORAGE_VERSION, duckdb.__version__, order.reference_digest]
    return hashlib.sha256("\0".join([*versions, *folds, *declared, *queries]).encode()).hexdigest()


def all_tables() -> tuple[type[Table], ...]:
    """Every published table, in contract order."""
    return (*marts.TABLES, *meta.TABLES)


def all_views() -> tuple[type[Table], ...]:
    """Every published view."""
    return marts.VIEWS


def make(store: Store, folds: tuple[str, str]) -> None:
    """Make every table, view and macro, in one commit, thus one sync, for hundreds of statements."""
    with store.together():
        for table in all_tables():
            for statement in ddl.create(table, "published"):
                store.execute(statement)
    store.execute("USE published")
    try:
        with store.together():
            views(store, folds)
    finally:
        store.execute("USE work")


def spell(store: Store, letters: Letters) -> None:
    """Fill ref.entity_names: each name of the entities that are described (see `naming`) with its Traditional form."""
    names = store.read("select distinct name_hans from naming order by name_hans")["name_hans"]
    with store.given("incoming", pl.DataFrame({"name_hans": names, "name_hant": letters.traditional(names)})):
        store.execute("create schema if not exists ref; create or replace table ref.entity_names as from incoming")


def fill(store: Store, order: Order, before: dict[str, Any] | None) -> dict[str, Any]:
    """Fill every table, or renew it where its rows `before` are told; the table part of the manifest."""
    tables: dict[str, Future[dict[str, Any]] | dict[str, Any]] = {}
    touched = renewal.touched(store) if before else set[str]()
    with digesting(store) as digest:
        for table in in_order():
            query, given = rows_of(table, order)
            if before and table in renewal.BELONGS:
                is_touched, told = renewal.BELONGS[table] in touched, before[table.NAME]
                tables[table.NAME] = renewal.renew(store, table, query, given, told) if is_touched else told
                continue
            if before and table in renewal.COUNTED:
                tables[table.NAME] = renewal.recount(store, table, before[table.NAME])
                continue
            if before:
                store.execute(f"delete from published.{table.NAME}")
            store.execute(f"insert into published.{table.NAME} by name {query}", given)
            tables[table.NAME] = digest(table)
        point("publish:filled")
        with store.troubles():
            found = {name: told if isinstance(told, dict) else told.result() for name, told in tables.items()}
    return {table.NAME: found[table.NAME] for table in all_tables()}


@contextmanager
def digesting(store: Store) -> Generator[Callable[[type[Table]], Future[dict[str, Any]]]]:
    """A function that has a filled table digested beside, on a connection of its own, while the next one is filled.

    Either leaves a core idle where it has but few rows at a time, or long ones. What is not done at the end is given up.
    """
    beside, reading = ThreadPoolExecutor(1), store.cursor()
    try:
        yield lambda table: beside.submit(table_digest, reading, f"published.{table.NAME}", of=table.column_names())
    finally:
        beside.shutdown(wait=False, cancel_futures=True)
        reading.interrupt()
        beside.shutdown()
        reading.close()


def fates(store: Store, earlier: Path | None) -> tuple[dict[str, int], dict[str, int]]:
    """{fate: records} of the warehouse being built, and of the records the release in `earlier` did not know."""
    counted = "select fate, count(*) from published.meta.ledger"
    totals = {str(fate): int(n) for fate, n in store.rows(f"{counted} group by fate")}
    if earlier is None or not (earlier / FILE).exists():
        return totals, totals
    store.execute(f"ATTACH {quoted(str(earlier / FILE))} AS earlier (READ_ONLY)")
    try:
        unknown = "where record_id not in (select record_id from earlier.meta.ledger)"
        return totals, {str(fate): int(n) for fate, n in store.rows(f"{counted} {unknown} group by fate")}
    finally:
        store.execute("DETACH earlier")


def in_order() -> list[type[Table]]:
    """Every table after those its SQL reads: aggregates and descriptions come last because they read what is published.

    The longest come first, so that they are digested while all others are filled.
    """
    early = (marts.SearchToken, marts.FctArticle)
    late = (marts.AggDailySource, marts.AggDailyEntity, marts.SearchWord, meta.ColumnDoc)
    return [*early, *(table for table in all_tables() if table not in (*early, *late)), *late]


def rows_of(table: type[Table], order: Order) -> tuple[str, dict[str, Any]]:
    """The query of the SQL file `<schema>/<table>.sql`, and the values it asks for."""
    query = (HERE / f"{table.NAME.replace('.', '/')}.sql").read_text(encoding="utf-8")
    return query, {name: value for name, value in order.parameters().items() if f"${name}" in query}


def views(store: Store, folds: tuple[str, str]) -> None:
    """Make the views and the search macros inside the release, so that they name nothing outside it."""
    for view in marts.VIEWS:
        query = (HERE / f"{view.NAME.replace('.', '/')}.view.sql").read_text(encoding="utf-8")
        store.execute(f"CREATE VIEW {view.NAME} AS {query}")
        for statement in ddl.comments(view, view.NAME, "VIEW"):
            store.execute(statement)
    traditional, simplified = map(quoted, folds)
    for path in sorted((HERE / "marts").glob("*.macro.sql")):
        macro = path.read_text(encoding="utf-8")
        store.execute(macro.replace("$traditional", traditional).replace("$simplified", simplified))
