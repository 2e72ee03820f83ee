"""Tables of a few rows, and what the judge would find in them."""

from __future__ import annotations

import duckdb
import polars as pl

from expectations.judge import expectations_of
from expectations.no_rows import ExpectNoRows
from transforms.tables.base import Table


def empty_database() -> duckdb.DuckDBPyConnection:
    """A database with the schemas of the working one and no table."""
    connection = duckdb.connect()
    connection.execute("create schema raw; create schema core; create schema ops").fetchall()
    return connection


def put(database: duckdb.DuckDBPyConnection, name: str, rows: pl.DataFrame) -> None:
    database.register("rows_given", rows.to_arrow())
    database.execute(f"create or replace table {name} as from rows_given").fetchall()


def found(database: duckdb.DuckDBPyConnection, table: type[Table], what: str) -> list[tuple[object, ...]]:
    """The rows that break the expectation `what` of a table."""
    [one] = [e for e in expectations_of(table) if isinstance(e, ExpectNoRows) and e.description == what]
    return database.execute(str(one.unexpected_rows_query).format(batch=table.NAME)).fetchall()
