"""What every table must keep, derived from its declaration: keys, nulls, closed lists, bounds."""

from __future__ import annotations

from collections.abc import Iterator

import dataframely as dy
from great_expectations.expectations.expectation import Expectation

from expectations import counted
from expectations.severity import fail, fail_rows
from transforms.tables.base import Table, values_of


def baseline(table: type[Table]) -> Iterator[Expectation]:
    """The expectations that follow from the declaration of a table."""
    key = table.primary_key()
    if len(key) == 1:
        yield fail(counted.ExpectColumnValuesToBeUnique, "the primary key names one row", column=key[0])
    elif key:
        # Grouping numbers costs half of grouping texts, and what repeats is looked at itself.
        # ExpectCompoundColumnsToBeUnique joins the table with itself, ten times the cost on a large one.
        columns = ", ".join(f'"{name}"' for name in key)
        repeated = f"select hash({columns}) from {{batch}} group by all having count(*) > 1"
        yield fail_rows(
            f"rows of one key ({columns})",
            "the primary key names one row",
            f"select {columns} from {{batch}} where hash({columns}) in ({repeated}) group by all having count(*) > 1",
            of_rows=True,
        )
    for name, column in table.columns().items():
        yield from of_column(name, column)


def of_column(name: str, column: dy.Column) -> Iterator[Expectation]:
    """The expectations that follow from the declaration of one column."""
    if isinstance(column, dy.List | dy.Struct):
        return
    if not column.nullable:
        yield fail(counted.ExpectColumnValuesToNotBeNull, "the column is declared not null", column=name)
    if (values := values_of(column)) is not None:
        yield fail(
            counted.ExpectColumnValuesToBeInSet, "the column has a closed list of values", column=name, value_set=values
        )
    if isinstance(column, dy.Int64 | dy.Float64) and (column.min is not None or column.max is not None):
        yield fail(
            counted.ExpectColumnValuesToBeBetween,
            "the column is declared with bounds",
            column=name,
            min_value=column.min,
            max_value=column.max,
        )
