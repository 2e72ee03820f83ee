"""The working database: typed tables, all-or-nothing writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import dataframely as dy
import duckdb
import polars as pl
import pytest

from transforms.tables import core, enrichment, marts, meta, ops
from transforms.tables.base import Table, about
from warehouse import ddl
from warehouse.store import COSTLY_COMPRESSION, StorageTrouble, Store


class Colour(Table):
    """One row per colour."""

    NAME: ClassVar[str] = "core.colours"
    ABOUT: ClassVar[str] = "颜色 / one row per colour, it's a test"

    name = dy.String(primary_key=True, metadata=about("名", "name"))
    shades = dy.List(dy.Struct({"ordinal": dy.Int64(), "text": dy.String()}), metadata=about("色调", "shades"))
    hue = dy.Float64(nullable=True, metadata=about("色相", "hue"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "work.duckdb", (ops.Revision, Colour))
    opened.execute("insert into ops.revision values (0)")
    yield opened
    opened.close()


RED = pl.DataFrame(
    {"name": ["红"], "shades": [[{"ordinal": 0, "text": "朱"}, {"ordinal": 1, "text": "绯"}]], "hue": [0.0]}
)


def test_a_table_is_made_as_declared(store: Store) -> None:
    assert store.rows(
        "select column_name, data_type, is_nullable from duckdb_columns() where table_name = 'colours'"
    ) == [
        ("name", "VARCHAR", False),
        ("shades", 'STRUCT(ordinal BIGINT, "text" VARCHAR)[]', False),
        ("hue", "DOUBLE", True),
    ]


def test_a_table_for_readers_tells_what_it_holds(store: Store) -> None:
    for statement in ddl.create(Colour, "memory"):
        store.execute(statement)
    assert store.rows(
        "select column_name, comment from duckdb_columns() where database_name = 'memory' and table_name = 'colours'"
    ) == [("name", "名 / name"), ("shades", "色调 / shades"), ("hue", "色相 / hue")]
    assert store.rows(
        "select comment from duckdb_tables() where database_name = 'memory' and table_name = 'colours'"
    ) == [(Colour.ABOUT,)]


@pytest.mark.parametrize(
    "table", [*marts.TABLES, *meta.TABLES, core.CleanDocument, enrichment.Figure], ids=lambda t: t.NAME
)
def test_every_declared_table_has_ddl_and_bilingual_comments(table: type[Table]) -> None:
    statements = list(ddl.create(table))
    assert len(statements) == 3 + len(table.columns())
    assert all(" / " in s for s in statements if s.startswith("COMMENT"))


def test_what_is_written_is_read_back(store: Store) -> None:
    with store.transaction():
        store.insert(Colour, RED)
    assert store.read("select * from core.colours").equals(RED)


def test_columns_are_matched_by_name_not_position(store: Store) -> None:
    with store.transaction():
        store.insert(Colour, RED.select("hue", "shades", "name"))
    assert store.rows("select name, hue from core.colours") == [("红", 0.0)]


def test_a_failed_transaction_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction():
        store.insert(Colour, RED)
        raise ZeroDivisionError
    assert store.rows("select count(*) from core.colours") == [(0,)]
    assert store.rows("select revision from ops.revision") == [(0,)]


def test_every_committed_change_raises_the_revision(store: Store) -> None:
    for _ in range(2):
        with store.transaction():
            store.insert(Colour, RED)
    assert store.rows("select revision from ops.revision") == [(2,)]


def test_a_second_process_is_told_who_has_the_file(store: Store, tmp_path: Path) -> None:
    (tmp_path / "not-a-database.duckdb").write_bytes(b"\x00" * 4096)
    with pytest.raises(StorageTrouble, match=r"not-a-database\.duckdb"):
        Store(tmp_path / "not-a-database.duckdb")


def test_text_with_quotes_stays_text(store: Store) -> None:
    row = RED.with_columns(name=pl.lit("'); drop table core.colours; --"))
    with store.transaction():
        store.insert(Colour, row)
    assert store.rows("select name from core.colours") == [("'); drop table core.colours; --",)]


def test_a_machine_without_memory_is_told_from_a_query_beyond_our_bounds(store: Store) -> None:
    said = "Out of Memory Error: Failed to allocate block of 2097152 bytes (bad allocation)\nPossible solutions:"
    with pytest.raises(MemoryError, match="Failed to allocate block"), store.troubles():
        raise duckdb.OutOfMemoryException(said)
    with pytest.raises(duckdb.OutOfMemoryException), store.troubles():
        raise duckdb.OutOfMemoryException("Out of Memory Error: could not allocate block (511 MiB/512 MiB used)")


def test_a_commit_the_disk_would_not_take_is_the_trouble_of_the_disk(store: Store) -> None:
    said = 'TransactionContext Error: Failed to commit: Could not fsync file "work.duckdb.wal": No space left on device'
    with pytest.raises(StorageTrouble, match="No space left on device"), store.troubles():
        raise duckdb.TransactionException(said)


def test_of_a_full_disk_the_file_is_told_that_could_not_be_written(store: Store) -> None:
    why = 'Could not write file "/home/release/warehouse.duckdb": No space left on device'
    said = f'Checkpoint failed for database "published". The database has been invalidated. Original error: {why}'
    with pytest.raises(StorageTrouble) as told, store.troubles():
        raise duckdb.IOException(said)
    assert str(told.value) == why


def test_a_commit_out_of_place_is_a_fault_of_ours(store: Store) -> None:
    with pytest.raises(duckdb.TransactionException):
        store.execute("commit")


def test_why_a_transaction_failed_is_told_even_if_it_cannot_be_rolled_back(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.together():
        store.execute("rollback")
        raise ZeroDivisionError


def test_why_a_statement_failed_is_told_though_the_frame_it_reads_stays_in_the_transaction(store: Store) -> None:
    twice = pl.concat([RED, RED]).select("name")
    with pytest.raises(duckdb.ConstraintException), store.together(), store.given("incoming", twice):
        store.execute("create table core.names (name varchar primary key)")
        store.execute("insert into core.names select name from incoming")


@pytest.mark.parametrize("closely", [False, True])
def test_texts_are_packed_closely_only_where_readers_get_them(store: Store, closely: bool) -> None:
    store.compress(closely=closely)
    store.execute("create table core.texts as select repeat(md5(range::VARCHAR), 250) as body from range(300)")
    store.execute("checkpoint")
    found = store.rows(
        "select distinct lower(compression) from pragma_storage_info('core.texts') where segment_type = 'VARCHAR'"
    )
    assert bool({how for (how,) in found} & set(COSTLY_COMPRESSION.split(","))) == closely
