"""The tables an owner writes into a home, `sources.csv` and `furniture.csv`: what is wrong is told by row and cell."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import dataframely as dy
import polars as pl
from dataframely.exc import ValidationError

from flows.endings import first_line
from flows.reporting.wording import either, meant
from transforms.tables.base import Table, values_of


class BadSheet(ValueError):
    """A table of the owner's that cannot be understood."""


def written(path: Path) -> pl.DataFrame:
    """The rows as they were written, every cell text, an empty one null. Raises BadSheet, and OSError."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        header, *rows = [cells for cells in csv.reader(io.StringIO(text, newline=""), strict=True) if cells]
    except UnicodeDecodeError:
        raise BadSheet("it is not UTF-8; save it as 'CSV UTF-8'") from None
    except csv.Error as error:
        raise BadSheet(first_line(error)) from None
    except ValueError:
        raise BadSheet("it is empty; its first line names the columns") from None
    names = [name.strip() for name in header]
    if len(set(names)) < len(names):
        raise BadSheet(f"a column stands twice in {', '.join(names)}")
    for cells in rows:
        if len(cells) > len(names):
            raise BadSheet(
                f"{cells[0]}: {len(cells)} cells for {len(names)} columns; put a cell with a comma in double quotes"
            )
    cells = [[cell or None for cell in row] + [None] * (len(names) - len(row)) for row in rows]
    return pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")


def known(rows: pl.DataFrame, table: type[Table]) -> None:
    """Refuse columns a table does not have. Raises BadSheet."""
    columns = table.column_names()
    if strange := sorted(set(rows.columns) - set(columns)):
        near = "".join(meant(name, columns) for name in strange[:1])
        raise BadSheet(f"no column is called {', '.join(strange)}{near}; there are {', '.join(columns)}")


def typed(rows: pl.DataFrame, table: type[Table]) -> pl.DataFrame:
    """The rows as the table declares them. Raises BadSheet for what it does not allow."""
    try:
        return table.validate(rows, cast=True)
    except (ValidationError, pl.exceptions.PolarsError) as error:
        raise BadSheet(fault(rows, table) or first_line(error)) from error


def fault(rows: pl.DataFrame, table: type[Table]) -> str | None:
    """What is wrong with the first row that is wrong, or None if it is none of its cells."""
    key = table.primary_key()
    for row in rows.iter_slices(1):
        named = "/".join(str(cell or "") for cell in row.select(key).row(0))
        for rule in table.filter(row, cast=True)[1].counts():
            name = rule.partition("|")[0]
            told = "is empty" if row[name][0] is None else f"is {row[name][0]!r}"
            return f"{named or 'a row'}: {name} {told}; write {wanted(table.columns()[name])}"
    twice = rows.filter(rows.select(key).is_duplicated())
    return f"{'/'.join(map(str, twice.select(key).row(0)))} stands in two rows" if twice.height else None


def wanted(column: dy.Column) -> str:
    """What a cell of this column holds, for people."""
    if values := values_of(column):
        return either(values)
    if isinstance(column, dy.Float64 | dy.Int64):
        kind = "a whole number" if isinstance(column, dy.Int64) else "a number"
        return f"{kind} from {column.min}" + (f" to {column.max}" if column.max is not None else "")
    return (
        f"at least {column.min_length} characters" if isinstance(column, dy.String) and column.min_length else "a text"
    )
