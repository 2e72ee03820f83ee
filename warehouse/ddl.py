"""CREATE TABLE and COMMENT statements, derived from the table declarations."""

from __future__ import annotations

from collections.abc import Iterator

import dataframely as dy
import polars as pl

from transforms.tables.base import Table, comment_of, values_of
from warehouse.quoting import quoted

SCALARS: dict[type[pl.DataType], str] = {
    pl.String: "VARCHAR",
    pl.Int64: "BIGINT",
    pl.Int32: "INTEGER",
    pl.Float64: "DOUBLE",
    pl.Boolean: "BOOLEAN",
    pl.Date: "DATE",
    pl.Datetime: "TIMESTAMP",
    pl.Binary: "BLOB",
}


def duckdb_type(dtype: pl.DataType) -> str:
    """The DuckDB type of a polars type; nested types allowed, TypeError for one we do not use."""
    if isinstance(dtype, pl.List):
        return f"{duckdb_type(dtype.inner)}[]"  # pyright: ignore[reportArgumentType]
    if isinstance(dtype, pl.Struct):
        fields = ", ".join(f'"{f.name}" {duckdb_type(f.dtype)}' for f in dtype.fields)  # pyright: ignore[reportArgumentType]
        return f"STRUCT({fields})"
    if type(dtype) not in SCALARS:
        raise TypeError(f"no DuckDB type for {dtype}: add it to warehouse.ddl.SCALARS")
    return SCALARS[type(dtype)]


def create(table: type[Table], catalog: str = "") -> Iterator[str]:
    """The statements that make a table and all its comments, in `catalog` if one is given."""
    yield from bare(table, catalog)
    yield from comments(table, named(table, catalog))


def bare(table: type[Table], catalog: str = "") -> Iterator[str]:
    """The statements that make a table, in `catalog` if one is given."""
    name = named(table, catalog)
    body = ",\n    ".join(
        f'"{column}" {duckdb_type(spec.dtype)}{"" if spec.nullable else " NOT NULL"}'
        for column, spec in table.columns().items()
    )
    yield f"CREATE SCHEMA IF NOT EXISTS {name.rpartition('.')[0]}"
    yield f"CREATE TABLE IF NOT EXISTS {name} (\n    {body}\n)"


def named(table: type[Table], catalog: str) -> str:
    """The name of a table, with the catalog if one is given."""
    return f"{catalog}.{table.NAME}" if catalog else table.NAME


def explained(column: dy.Column) -> str:
    """The comment of a column, with its values where they are a closed list."""
    values = values_of(column)
    return comment_of(column) + (f" ({', '.join(values)})" if values else "")


def comments(table: type[Table], name: str, kind: str = "TABLE") -> Iterator[str]:
    """COMMENT statements for a table or view and its columns."""
    yield f"COMMENT ON {kind} {name} IS {quoted(table.ABOUT)}"
    for column, spec in table.columns().items():
        yield f'COMMENT ON COLUMN {name}."{column}" IS {quoted(explained(spec))}'
