"""Whether every row of a frame keeps every rule of its table, asked at a fraction of what it costs to say which do not."""

from __future__ import annotations

from functools import cache

import polars as pl

from transforms.tables.base import Table, empty


def keeps_rules(rows: pl.DataFrame, table: type[Table]) -> bool:
    """True only if `table.filter` would keep all of `rows` as they are; False asks for that closer look."""
    schema, lead, rest = _conditions(table)
    if rows.schema != schema:
        return False
    keys = table.primary_key()
    if keys:
        # Rows of one document stand together: what holds of an identifier need not be asked of each.
        changes = rows.select(keys[0]).filter(pl.col(keys[0]).ne_missing(pl.col(keys[0]).shift()))
        if not changes.select(lead).item() or _hash(rows, keys).n_unique() != rows.height:
            return False
    return bool(rows.select(rest).item())


def _hash(rows: pl.DataFrame, columns: list[str]) -> pl.Series:
    """A hash of some columns: distinct hashes are proof of distinct rows."""
    return rows[columns[0]].hash() if len(columns) == 1 else rows.select(columns).hash_rows()


@cache
def _conditions(table: type[Table]) -> tuple[pl.Schema, pl.Expr, pl.Expr]:
    """The declared types; what must hold of the first column of the key; what of all else, but that the key is unique."""
    rules = table._validation_rules(with_cast=False)  # pyright: ignore[reportPrivateUsage]
    first = f"{table.primary_key()[0]}|" if table.primary_key() else "|"
    lead = [rule.expr for name, rule in rules.items() if name.startswith(first)]
    rest = [rule.expr for name, rule in rules.items() if not name.startswith(first) and name != "primary_key"]
    return empty(table).schema, _all(lead), _all(rest)


def _all(conditions: list[pl.Expr]) -> pl.Expr:
    """One value: whether each condition holds in every row; one that cannot be told holds."""
    return pl.all_horizontal([pl.lit(True), *(condition.all() for condition in conditions)])
