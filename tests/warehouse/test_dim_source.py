"""What is published of a source: what its row says of it to people, its licence included."""

from __future__ import annotations

import duckdb

from tests.conftest import PROJECT


def test_a_source_is_published_with_its_licence() -> None:
    query = (PROJECT / "warehouse" / "marts" / "dim_source.sql").read_text(encoding="utf-8")
    with duckdb.connect() as connection:
        connection.execute("create schema ref; create macro key_of_name(name) as length(name)")
        connection.execute(
            "create table ref.sources as select 'river' as source_id, '江报' as name_hans, null as name_en,"
            " null as region, null as script, null as homepage, 0.5 as trust, 'CC BY 4.0' as licence"
        )
        found = connection.execute(f"select source_id, licence from ({query})").fetchall()
    assert found == [("river", "CC BY 4.0"), ("unknown", None)]
