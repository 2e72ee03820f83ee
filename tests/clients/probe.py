"""What a Python client sees of a published file: run by the client's own interpreter, prints one JSON document."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import duckdb


def main(recipe: str, queries: str) -> None:
    """Connect by the recipe, look at every table and comment, answer every query, search."""
    given: dict[str, duckdb.DuckDBPyConnection] = {}
    exec(recipe, given)
    ask = given["connection"]

    def rows(query: str) -> list[list[str]]:
        return [[str(value) for value in row] for row in ask.execute(query).fetchall()]

    told = {
        "version": duckdb.__version__,
        "tables": [row[0] for row in rows("select schema_name || '.' || table_name from duckdb_tables() order by 1")],
        "uncommented": rows(
            "select table_name, column_name from duckdb_columns()"
            " where schema_name in ('marts', 'meta') and not internal and coalesce(comment, '') = ''"
        ),
        "answers": {path.stem: rows(path.read_text("utf-8")) for path in sorted(Path(queries).glob("*.sql"))},
        "search": rows("select article_key from marts.search('機器人')"),
    }
    refused: list[str] = []
    for attempt in (
        "select * from read_csv('/etc/hosts')",
        "set enable_external_access = true",
        "create table x (i int)",
    ):
        try:
            rows(attempt)
        except duckdb.Error:
            refused.append(attempt)
    print(json.dumps(told | {"refused": refused}, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
