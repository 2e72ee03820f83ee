"""What shows that an expectation does not hold: a query to paste into DuckDB, and the first rows it finds."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from typing import Any

from expectations.no_rows import NO_ROWS

# A sample names rows, it does not show them: a release must not carry what was held back or masked.
NAMING = re.compile(r".*(_id|_key|_name|_ordinal)|night|ordinal|stage|token|records")
ROWS, WIDTH = 3, 300


def query(table_name: str, asked: Any) -> str | None:
    """The rows of the working database that break an expectation, as SQL; None where no query says it."""
    given: dict[str, Any] = asked.kwargs
    if asked.type == NO_ROWS:
        return textwrap.dedent(str(given["unexpected_rows_query"])).strip().format(batch=table_name)
    column = f'"{given["column"]}"' if "column" in given else ""
    if asked.type == "expect_column_values_to_not_be_null":
        where = f"{column} is null"
    elif asked.type == "expect_column_values_to_be_in_set":
        where = f"{column} not in ({', '.join(map(literal, given['value_set']))})"
    elif asked.type == "expect_column_values_to_be_between":
        bounds = ((given.get("min_value"), "<"), (given.get("max_value"), ">"))
        where = " or ".join(f"{column} {sign} {bound}" for bound, sign in bounds if bound is not None)
    elif asked.type == "expect_column_values_to_be_unique":
        where = f"{column} in (select {column} from {table_name} group by all having count(*) > 1)"
    else:
        return None
    return f"select * from {table_name} where {where}"


def literal(value: object) -> str:
    """A value as SQL."""
    return str(value) if isinstance(value, int | float) else "'" + str(value).replace("'", "''") + "'"


def first_rows(connect: Callable[[], Any], found_by: str) -> str | None:
    """The first rows a query finds, by the columns that name a row; None where it finds none or names none."""
    connection = connect()
    try:
        cursor = connection.execute(f"select * from ({found_by}) limit {ROWS}")
        names = [str(column[0]) for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    finally:
        connection.close()
    told = ["  ".join(f"{n} {v}" for n, v in row.items() if NAMING.fullmatch(n) and v is not None) for row in rows]
    return "\n".join(line[:WIDTH] for line in told if line) or None
