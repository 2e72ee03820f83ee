"""What dimensions tell of an entity and of a source: what the gazetteer knows of one, what its row says of the other."""

from __future__ import annotations

from typing import Any

import duckdb

from tests.conftest import PROJECT


def published(connection: duckdb.DuckDBPyConnection, table: str, columns: str) -> list[tuple[Any, ...]]:
    """Columns of the rows that the SQL of a mart finds."""
    query = (PROJECT / "warehouse" / "marts" / f"{table}.sql").read_text(encoding="utf-8")
    connection.execute("create macro key_of_name(name) as length(name)")
    return connection.execute(f"select {columns} from ({query})").fetchall()


def test_a_place_is_published_with_its_code_and_what_it_lies_in() -> None:
    with duckdb.connect() as connection:
        connection.execute(
            "create schema ref; create table naming as select * from (values"
            " ('place:余杭区', 'place', 'district', '余杭区', null, '余杭'),"
            " ('place:朝阳区', 'place', 'district', '朝阳区', null, '朝阳区'),"
            " ('place:海淀区', 'place', 'district', '海淀区', null, '海淀'),"
            " ('place:加州', 'place', 'state', '加州', null, '加州'),"
            " ('person:余杭区', 'person', null, '余杭区', null, '余杭区'))"
            " as named (entity_id, entity_type, entity_subtype, name_hans, aliases, surface)"
        )
        connection.execute(
            "create table ref.entity_names as select unnest(['余杭区', '朝阳区', '海淀区', '加州']) as name_hans,"
            " unnest(['餘杭區', '朝陽區', '海淀區', '加州']) as name_hant"
        )
        connection.execute(
            "create table ref.gazetteer as select * from (values"
            " ('余杭区', 'place', '杭州', '330110'), ('朝阳区', 'place', null, null),"
            " ('杭州', 'place', '浙江', '330100'), ('浙江', 'place', '中国', '330000'),"
            " ('北京', 'place', '中国', '110000'), ('海淀区', 'place', '京', '110108'),"
            " ('加州', 'place', '美国', 'US-CA'))"
            " as known (name_hans, entity_type, parent, code)"
        )
        found = published(connection, "dim_entity", "entity_id, code, parent_name")
    assert sorted(found) == [
        ("person:余杭区", None, None),
        ("place:余杭区", "330110", "杭州"),
        ("place:加州", "US-CA", "美国"),
        ("place:朝阳区", None, None),
        ("place:海淀区", "110108", "北京"),
        ("unknown", None, None),
    ]


def test_a_source_is_published_with_its_licence_and_one_that_is_declared_no_more_by_its_name() -> None:
    with duckdb.connect() as connection:
        connection.execute(
            "create schema raw; create table raw.files as select unnest(['river', 'harbour', 'harbour']) as source_id;"
            "create schema ops; create table ops.quarantine as select unnest(['harbour', 'ferry']) as source_id;"
        )
        connection.execute(
            "create schema ref; create table ref.sources as select 'river' as source_id, '江报' as name_hans, null as name_en,"
            " null as region, null as script, null as homepage, 0.5 as trust, 'CC BY 4.0' as licence"
        )
        found = published(connection, "dim_source", "source_id, name_hans, trust, licence")
    assert sorted(found) == [
        ("ferry", "ferry", 0, None), ("harbour", "harbour", 0, None), ("river", "江报", 0.5, "CC BY 4.0"),
        ("unknown", "未知来源", 0, None),
    ]  # fmt: skip
