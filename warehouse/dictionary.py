"""The published tables as docs/tables.md lists them: `python -m warehouse.dictionary` writes what is declared between its marks."""

from __future__ import annotations

import re
from pathlib import Path

from transforms.tables.base import Table
from warehouse.ddl import duckdb_type, explained
from warehouse.release import all_tables, all_views

PAGE = Path(__file__).resolve().parents[1] / "docs" / "tables.md"
BLOCK = re.compile(r"(<!-- tables -->\n).*?(<!-- /tables -->)", re.DOTALL)


def page() -> str:
    """The page of tables, with the list of today."""
    listed = "\n".join(map(section, (*all_tables(), *all_views())))
    return BLOCK.sub(lambda marks: f"{marks[1]}{listed}{marks[2]}", PAGE.read_text(encoding="utf-8"))


def section(table: type[Table]) -> str:
    """One table with its columns: name, type, what it holds; those of its key with a ●."""
    keys = set(table.primary_key())
    rows = "".join(
        f"| {name}{' ●' if name in keys else ''} | {duckdb_type(column.dtype)} | {told(explained(column))} |\n"
        for name, column in table.columns().items()
    )
    return f"### {table.NAME}\n\n{told(table.ABOUT)}\n\n| column | type | |\n|---|---|---|\n{rows}"


def told(comment: str) -> str:
    """A comment as a cell of a table."""
    return comment.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
