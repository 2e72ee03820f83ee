"""A home of an earlier version carries on: books are migrated, what is derived is derived anew where its table changed."""

from __future__ import annotations

from collections import defaultdict
from typing import TypeAlias

from flows.pipeline import PIPELINE, Stage
from transforms.tables.base import Table
from warehouse import ddl
from warehouse.store import Store, sql

# {table: {(column, type)}}
Columns: TypeAlias = "defaultdict[str, set[tuple[str, str]]]"


def rederive(store: Store) -> list[str]:
    """Make every derived table anew that is not as declared; its stage and all after it are done again: their names.

    What arrived stays where it is: whatever a stage writes can be worked out from it again.
    """
    there = columns_there(store)
    changed = [not as_declared(there, stage.writes) for stage in PIPELINE]
    forgotten = PIPELINE[changed.index(True) :] if any(changed) else ()
    if forgotten:
        with store.transaction():
            store.note_redone("upgrade")
            # What one of these stages raised on is out of all tables: it is tried again with them.
            store.execute(sql("aside/forgotten"), {"stages": [stage.name for stage in forgotten]})
            for stage in forgotten:
                forget(store, stage)
            store.execute("delete from ops.stock")
    return [stage.name for stage in forgotten]


def columns_there(store: Store) -> Columns:
    """The columns of every stored table, asked for once."""
    found: Columns = defaultdict(set)
    for schema, table, column, kind in store.rows(
        "select schema_name, table_name, column_name, data_type from duckdb_columns()"
    ):
        found[f"{schema}.{table}"].add((str(column), unquoted(str(kind))))
    return found


def as_declared(there: Columns, table: type[Table]) -> bool:
    """Whether the stored table has the columns of its declaration, in whatever order; so has one that is not there."""
    said = {(column, unquoted(ddl.duckdb_type(spec.dtype))) for column, spec in table.columns().items()}
    return there.get(table.NAME) in (None, said)


def unquoted(kind: str) -> str:
    """A type without the marks around the names of its fields, which the database leaves out where it may."""
    return kind.replace('"', "").replace(" ", "")


def forget(store: Store, stage: Stage) -> None:
    """Drop what a stage has done: rows, checkpoints, rows held back."""
    store.execute(f"drop table {stage.writes.NAME}")
    store.create(stage.writes)
    for table in ("ops.done", "ops.quarantine"):
        store.execute(f"delete from {table} where stage = $stage", {"stage": stage.name})
