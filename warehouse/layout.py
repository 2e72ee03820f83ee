"""The layout of the working database, by version: what an older one lacks is added, a newer one is left alone."""

from __future__ import annotations

from pathlib import Path

from warehouse.faults import point
from warehouse.store import Store

MIGRATIONS = sorted((Path(__file__).resolve().parent / "migrations").glob("*.sql"))
# Migration NNNN leads from layout NNNN - 1 to layout NNNN.
VERSION = len(MIGRATIONS)


class TooNew(Exception):
    """The working database was written by a later wencang than this one."""


def bring_up(store: Store) -> None:
    """Lead the working database to the layout of today, one migration a transaction. Raises TooNew."""
    there = version(store)
    if there > VERSION:
        raise TooNew(f"{store.path} has layout {there}, this wencang knows layouts up to {VERSION}")
    for number in range(there + 1, VERSION + 1):
        with store.together():
            store.execute(MIGRATIONS[number - 1].read_text(encoding="utf-8"))
            note(store, number)
            point("upgrade:commit")
    if not is_noted(store):
        with store.together():
            note(store, VERSION)


def version(store: Store) -> int:
    """The layout of the database: 0 for one older than layouts, today's for one that is empty yet."""
    if is_noted(store):
        return int(store.rows("select version from ops.layout")[0][0])
    return 0 if store.rows("select 1 from duckdb_tables() limit 1") else VERSION


def is_noted(store: Store) -> bool:
    """Whether the database says its layout."""
    return bool(store.rows("select 1 from duckdb_tables() where schema_name = 'ops' and table_name = 'layout'"))


def note(store: Store, number: int) -> None:
    """Write down that the database has layout `number`."""
    store.execute("create schema if not exists ops")
    store.execute("create or replace table ops.layout as select $n::INTEGER as version", {"n": number})
