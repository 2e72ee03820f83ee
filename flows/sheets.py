"""Tables written by hand, those of seeds/ and what a home has of its own: what is wrong is told by row and cell."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import dataframely as dy
import polars as pl
from dataframely.exc import ValidationError

import seeds
from flows.endings import USAGE, Trouble, first_line
from flows.reporting.wording import either, meant
from transforms.tables.base import Table, seed_files, values_of
from transforms.tables.ref import Furniture
from transforms.tables.ref_pages import HtmlWord
from transforms.tables.ref_quotes import SpeakerPattern

# Their patterns are run by Python, all others by polars.
OF_PYTHON = (HtmlWord, SpeakerPattern)
# A home that repeats nothing needs none; rules of which there are none would be found everywhere or nowhere.
MAY_BE_EMPTY = (Furniture,)


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
    key, row = table.primary_key(), rows
    while row.height > 1:
        first = row.head(row.height // 2)
        row = first if table.filter(first, cast=True)[1].counts() else row.slice(first.height)
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


def shipped(table: type[Table], needed: str | None = None) -> pl.DataFrame:
    """The rows of a table of seeds/, every cell and pattern looked at, one that is `needed` among them.

    Raises Trouble that names the file and the row.
    """
    parts, names = list[pl.DataFrame](), seed_files(table)
    for name in names:
        with _of(f"{seeds.FOLDER.name}/{name}.csv"):
            parts.append(typed(proper(written(seeds.FOLDER / f"{name}.csv"), table), table))
    with _of(f"{seeds.FOLDER.name}/{names[-1]}.csv"):
        rows = typed(pl.concat(parts), table) if len(parts) > 1 else parts[0]
        if needed and needed not in rows[table.primary_key()[0]]:
            raise BadSheet(f"no row {needed!r}")
        return rows


@contextmanager
def _of(file: str) -> Generator[None]:
    try:
        yield
    except (BadSheet, OSError) as error:
        cure = "mend it, or bring back the one that came with wencang"
        raise Trouble(USAGE, f"{file} cannot be read: {first_line(error, 400)}; {cure}") from None


def proper(rows: pl.DataFrame, table: type[Table]) -> pl.DataFrame:
    """Rows of a seed file as written, if it has the columns of its table, any rows, and patterns that are some. Raises BadSheet."""
    known(rows, table)
    if missing := [name for name in table.column_names() if name not in rows.columns]:
        raise BadSheet(f"no column {', '.join(missing)}")
    if rows.is_empty() and table not in MAY_BE_EMPTY:
        raise BadSheet("it has no rows")
    if "pattern" in rows.columns:
        for row in unmatchable(rows, table).iter_rows(named=True):
            raise BadSheet(f"{next(iter(row.values()))}: pattern {row['pattern']!r} is no regular expression")
    return rows.select(table.column_names())


def unmatchable(rows: pl.DataFrame, table: type[Table]) -> pl.DataFrame:
    """The rows whose pattern the engine that will run it does not take."""
    if table in OF_PYTHON:
        return rows.filter(pl.Series([not _compiles(pattern) for pattern in rows["pattern"]], dtype=pl.Boolean))
    return rows.filter(
        pl.lit("").str.contains(pl.col("pattern"), strict=False).is_null(), pl.col("pattern").is_not_null()
    )


def _compiles(pattern: str | None) -> bool:
    try:
        re.compile(pattern or "")
    except re.error:
        return False
    return True
