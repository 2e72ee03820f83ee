"""What of a table is judged: all of it, or, where it is as it held for the last release, what has come since. See decision 32."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from transforms.tables.base import Table
from warehouse.store import Store


@dataclass(slots=True)
class Held:
    """How many rows of each table keep all that is expected of rows, and by what yardstick.

    `before` is what the last release says of it, {} if anything was written since; `now` what this run has found.
    """

    store: Store
    before: Mapping[str, Any]
    now: dict[str, Any] = field(default_factory=dict[str, Any])
    appended_before: Counter[str] = field(init=False)

    def __post_init__(self) -> None:
        """Several runs may share one store."""
        self.appended_before = self.store.appended.copy()

    def since(self, table: type[Table], yardstick: str) -> int | None:
        """The first row number that is new in this run, if all rows below held by this yardstick; else None.

        They did if the table has what it had then and what this run has appended, and nothing else was written to it.
        Rows that share the first column of the primary key with rows that held would have to be looked at with them.
        """
        name, new = table.NAME, self.store.appended[table.NAME] - self.appended_before[table.NAME]
        rows = rows_of(self.store, table)
        is_as_it_held = self.before.get(name) == {"rows": rows - new, "yardstick": yardstick}
        # Where there is no row to ask, Great Expectations counts none, and not 0 of them.
        if not new or not is_as_it_held or name in self.store.altered:
            return None
        first = int(self.store.rows(f"select coalesce(max(rowid), -1) + 1 from {name}")[0][0]) - new
        of_new = self.store.rows(f"select count(*) from {name} where rowid >= {first}")[0][0]
        return first if of_new == new and not self.meets(table, first) else None

    def meets(self, table: type[Table], first: int) -> bool:
        """Whether a row from this number on shares the first column of the primary key with one below."""
        if not table.primary_key():
            return False
        key, rows = table.primary_key()[0], f"from {table.NAME} where rowid"
        query = f"select 1 {rows} < {first} and {key} in (select {key} {rows} >= {first}) limit 1"
        return bool(self.store.rows(query))

    def note(self, table: type[Table], yardstick: str, *, rows_hold: bool) -> None:
        """Keep for later runs what was found of a table."""
        if rows_hold:
            self.now[table.NAME] = {"rows": rows_of(self.store, table), "yardstick": yardstick}


def rows_of(store: Store, table: type[Table]) -> int:
    """How many rows a table has."""
    return int(store.rows(f"select count(*) from {table.NAME}")[0][0])
