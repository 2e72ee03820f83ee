"""A release: build it aside, seal it, flip to it. Readers see the old one or the new one, nothing between."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from transforms.tables import marts, meta
from transforms.tables.base import Table
from warehouse import ddl
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


def build(store: Store, order: Order, folder: Path, folds: tuple[str, str]) -> dict[str, Any]:
    """Write `folder`/warehouse.duckdb from the working database; returns the table part of the manifest.

    `folds` are the characters search folds and what it folds them to. The file ends checkpointed, closed and
    read-only, with no write-ahead log beside it.
    """
    path = folder / FILE
    store.execute(f"ATTACH {quoted(str(path))} AS published (STORAGE_VERSION {quoted(STORAGE_VERSION)})")
    try:
        point("publish:attached")
        fill(store, order)
        point("publish:filled")
        views(store, folds)
        insert(store, meta.ColumnDoc, order)
        with store.troubles():
            tables = {table.NAME: table_digest(store.connection, f"published.{table.NAME}") for table in all_tables()}
        point("publish:checkpoint")
        store.execute("CHECKPOINT published")
        point("publish:checkpointed")
    finally:
        store.execute("DETACH published")
    if leftovers := list(folder.glob("*.wal")):
        raise Damaged(f"{leftovers[0]} is left beside the new warehouse: the checkpoint did not finish")
    path.chmod(0o444)
    point("publish:detached")
    return tables


def all_tables() -> tuple[type[Table], ...]:
    """Every published table, in contract order."""
    return (*marts.TABLES, *meta.TABLES)


def all_views() -> tuple[type[Table], ...]:
    """Every published view."""
    return marts.VIEWS


def fill(store: Store, order: Order) -> None:
    """Make and fill the tables; aggregates come last because they read what is published."""
    late = {marts.AggDailySource, marts.AggDailyEntity, marts.SearchWord}
    # One commit, thus one sync, for hundreds of statements.
    with store.together():
        for table in all_tables():
            for statement in ddl.create(table, "published"):
                store.execute(statement)
    for table in (*(t for t in all_tables() if t not in late and t is not meta.ColumnDoc), *late_in_order(late)):
        insert(store, table, order)


def late_in_order(late: Iterable[type[Table]]) -> list[type[Table]]:
    """The aggregates in contract order."""
    return [table for table in marts.TABLES if table in set(late)]


def insert(store: Store, table: type[Table], order: Order) -> None:
    """Fill one table from its SQL file `<schema>/<table>.sql`."""
    query = (HERE / f"{table.NAME.replace('.', '/')}.sql").read_text(encoding="utf-8")
    given = {name: value for name, value in order.parameters().items() if f"${name}" in query}
    store.execute(f"insert into published.{table.NAME} by name {query}", given)


def views(store: Store, folds: tuple[str, str]) -> None:
    """Make the views and the search macros inside the release, so that they name nothing outside it."""
    store.execute("USE published")
    try:
        with store.together():
            for view in marts.VIEWS:
                query = (HERE / f"{view.NAME.replace('.', '/')}.view.sql").read_text(encoding="utf-8")
                store.execute(f"CREATE VIEW {view.NAME} AS {query}")
                for statement in ddl.comments(view, view.NAME, "VIEW"):
                    store.execute(statement)
            traditional, simplified = map(quoted, folds)
            for path in sorted((HERE / "marts").glob("*.macro.sql")):
                macro = path.read_text(encoding="utf-8")
                store.execute(macro.replace("$traditional", traditional).replace("$simplified", simplified))
    finally:
        store.execute("USE work")
