"""What Apache Superset sees of a published file: run by Superset's own interpreter.

Takes the printed recipe as its argument, prints one JSON document of what it sees, then one answer a line: for every
line on stdin the number of published articles and the release they belong to.
"""

from __future__ import annotations

import json
import logging
import sys

logging.disable(logging.ERROR)

from superset.app import create_app  # noqa: E402


def main(recipe: str) -> None:
    """Register the database as the form would, look round, answer until stdin ends."""
    app = create_app()
    with app.app_context():
        from superset.models.core import Database
        from superset.sql.parse import Table

        uri, _, extra = recipe.partition("\n")
        database = Database(database_name="wencang", sqlalchemy_uri=uri, extra=extra)
        article = Table("fct_article", "marts")

        def rows(query: str) -> list[list[str]]:
            with database.get_raw_connection() as connection:
                cursor = connection.cursor()
                cursor.execute(query)
                return [[str(value) for value in row] for row in cursor.fetchall()]

        def refuses(query: str) -> bool:
            try:
                rows(query)
            except Exception:
                return True
            return False

        from superset.sql.parse import SQLScript

        SQLScript("select * from marts.search_articles('機器人')", "duckdb")
        told = {
            "schemas": sorted(database.get_all_schema_names(catalog=None)),
            "tables": sorted(name for name, *_ in database.get_all_table_names_in_schema(catalog=None, schema="marts")),
            "table_comment": database.get_table_comment(article),
            "columns": [[c["column_name"], str(c["type"]), c.get("comment")] for c in database.get_columns(article)],
            "search": rows("select article_key from marts.search_articles('機器人')"),
            "refuses_files": refuses("select * from read_csv('/etc/hosts')"),
        }
        print(json.dumps(told, ensure_ascii=False), flush=True)
        for _ in sys.stdin:
            print(
                json.dumps(
                    rows("select (select count(*) from marts.fct_article), (select release_id from meta.release)")[0]
                ),
                flush=True,
            )


if __name__ == "__main__":
    main(sys.argv[1])
