"""A home of an earlier version carries on: books are migrated, what is derived is derived anew where its table changed."""

from __future__ import annotations

from flows.pipeline import PIPELINE, Stage
from transforms.tables.base import Table
from warehouse import ddl
from warehouse.store import Store


def rederive(store: Store) -> list[str]:
    """Make every derived table anew that is not as declared; its stage and all after it are done again: their names.

    What arrived stays where it is: whatever a stage writes can be worked out from it again.
    """
    changed = [not as_declared(store, stage.writes) for stage in PIPELINE]
    forgotten = PIPELINE[changed.index(True) :] if any(changed) else ()
    if forgotten:
        with store.transaction():
            store.note_redone("upgrade")
            for stage in forgotten:
                forget(store, stage)
    return [stage.name for stage in forgotten]


def as_declared(store: Store, table: type[Table]) -> bool:
    """Whether the stored table has the columns of its declaration, in whatever order."""
    schema, _, name = table.NAME.partition(".")
    there = store.rows(
        "select column_name, data_type from duckdb_columns() where schema_name = $schema and table_name = $name",
        {"schema": schema, "name": name},
    )
    said = {(column, ddl.duckdb_type(spec.dtype)) for column, spec in table.columns().items()}
    return not there or {(str(column), unquoted(str(kind))) for column, kind in there} == {
        (column, unquoted(kind)) for column, kind in said
    }


def unquoted(kind: str) -> str:
    """A type without the marks around the names of its fields, which the database leaves out where it may."""
    return kind.replace('"', "").replace(" ", "")


def forget(store: Store, stage: Stage) -> None:
    """Drop what a stage has done: rows, checkpoints, rows held back."""
    store.execute(f"drop table {stage.writes.NAME}")
    for statement in ddl.create(stage.writes):
        store.execute(statement)
    for table in ("ops.done", "ops.quarantine"):
        store.execute(f"delete from {table} where stage = $stage", {"stage": stage.name})
