"""When a release may be renewed from the one before, and when it is built in full."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from transforms.tables import ops
from warehouse import renewal, sealed, shelf
from warehouse.sealed import RowSums
from warehouse.store import SQL, Store, sql

REVISION, RUN = 7, "20261120-run"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "work.duckdb", (ops.Redone, ops.Revision, ops.Run))
    opened.execute("insert into ops.revision values ($r)", {"r": REVISION})
    opened.execute(
        "insert into ops.runs (run_id, night, state, started_at_utc) values ($r, '2026-11-20', 'published', now())",
        {"r": RUN},
    )
    yield opened
    opened.close()


def earlier(folder: Path, **said: Any) -> Path:
    """A sealed release, if one of bytes alone; `said` differs in its manifest."""
    release = folder / "earlier"
    release.mkdir()
    (release / shelf.FILE).write_bytes(b"rows")
    told = {
        "footing": "same", "revision": REVISION, "run_id": RUN, "file_sha256": shelf.file_digest(release / shelf.FILE), "file_bytes": 4,
        "last_full": {"file_bytes": 4, "rows": 100}, "tables": {"marts.t": {"rows": 100}},
    }  # fmt: skip
    (release / "manifest.json").write_text(json.dumps(told | said))
    return release


def test_the_first_release_is_built_in_full(store: Store, tmp_path: Path) -> None:
    assert renewal.copied(store, None, tmp_path / "new", "same") == "there is no earlier release"


def test_a_release_of_the_same_footing_is_copied(store: Store, tmp_path: Path) -> None:
    assert renewal.copied(store, earlier(tmp_path), tmp_path / "new", "same") is None
    assert (tmp_path / "new").read_bytes() == b"rows"


@pytest.mark.parametrize("said", [{"tables": {"marts.t": {"rows": 20_125}}}, {"file_bytes": (32 << 20) + 5}])
def test_a_release_may_grow_by_a_quarter_and_a_small_one_by_more(
    said: dict[str, Any], store: Store, tmp_path: Path
) -> None:
    assert renewal.copied(store, earlier(tmp_path, **said), tmp_path / "new", "same") is None


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"footing": "another"}, "rules, tables or versions are not those"),
        ({"run_id": "20261121-run"}, "the working database does not know"),
        ({"file_sha256": "0"}, "not as it was sealed"),
        ({"tables": {"marts.t": {"rows": 20_126}}}, "grown"),
        ({"file_bytes": (32 << 20) + 6}, "grown"),
    ],
    ids=["other rules", "an older database", "other bytes", "many more rows", "much more room"],
)
def test_a_release_that_cannot_be_renewed_leaves_no_file(
    said: dict[str, Any], why: str, store: Store, tmp_path: Path
) -> None:
    assert why in (renewal.copied(store, earlier(tmp_path, **said), tmp_path / "new", "same") or "")
    assert not (tmp_path / "new").exists()


def test_a_release_of_an_earlier_version_is_not_renewed(store: Store, tmp_path: Path) -> None:
    release = earlier(tmp_path)
    (release / "manifest.json").write_text('{"revision": 7, "tables": {}}')
    assert "versions" in (renewal.copied(store, release, tmp_path / "new", "same") or "")


def test_work_done_over_is_built_in_full_until_a_release_holds_it(store: Store, tmp_path: Path) -> None:
    with store.transaction():
        store.note_redone("replay")
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    after.mkdir()
    assert "done over" in (renewal.copied(store, earlier(before), tmp_path / "new", "same") or "")
    assert renewal.copied(store, earlier(after, revision=REVISION + 1), tmp_path / "new", "same") is None


MENTIONS = [
    # document, entity, subtype, aliases, surface
    ("stays", "organisation:甲", None, "甲社", "甲社"),
    ("stays", "place:乙", "city", None, "乙"),
    ("goes", "organisation:甲", "company", "阿甲", "阿甲"),
    ("goes", "person:丙", None, None, "丙"),
    ("moves", "place:丁", None, None, "丁"),
    ("comes", "place:乙", None, "乙市", "乙市"),
    ("comes", "event:戊", None, None, "戊"),
]


def described(store: Store, naming: str, column: str) -> set[tuple[Any, ...]]:
    """Entities as dim_entity describes them, of the mentions a query gives; `column` is what to see of each."""
    store.execute(f"create or replace temp table naming as {naming}")
    return set(store.rows(f"select {column} from ({(SQL.parent / 'marts/dim_entity.sql').read_text()})"))


def test_entities_named_by_what_comes_and_goes_are_described_as_by_all(store: Store) -> None:
    mentions = pl.DataFrame(
        MENTIONS, ["document_id", "entity_id", "entity_subtype", "aliases", "surface"], orient="row"
    )
    mentions = mentions.with_columns(
        entity_type=pl.col("entity_id").str.split(":").list.first(),
        name_hans=pl.col("entity_id").str.split(":").list.last(),
    )
    with store.given("incoming", mentions):
        store.execute("create schema core; create schema ref; create table core.mentions as from incoming")
    store.execute(sql("macros"))
    store.execute(
        "create table ref.entity_names as select distinct name_hans, name_hans as name_hant from core.mentions"
    )
    store.execute(
        "create table ref.gazetteer as select '乙' as name_hans, 'place' as entity_type, '丁' as parent, '110000' as code"
    )
    store.execute("create table core.survivors as select unnest(['stays', 'goes', 'moves']) as document_id")
    whole = sql("publish/naming_all")
    described(store, whole, "*")
    store.execute("attach ':memory:' as published; create schema published.marts")
    store.execute(f"create table published.marts.dim_entity as {(SQL.parent / 'marts/dim_entity.sql').read_text()}")
    store.execute(
        "create table published.marts.fct_article as"
        " select document_id, row_number() over () as article_key from core.survivors"
    )
    store.execute(
        "create table published.marts.fct_mention as select article_key, key_of_name(entity_id) as entity_key"
        " from core.mentions join published.marts.fct_article using (document_id)"
    )
    store.execute("create or replace table core.survivors as select unnest(['stays', 'moves', 'comes']) as document_id")
    store.execute("create temp table standing as from core.survivors")
    for name in (*renewal.TEXTS, "gone_entities"):
        store.execute(f"create temp table {name} as {sql(f'publish/{name}')}")

    renewed = described(store, sql("publish/naming"), "*")

    kept = store.rows("from published.marts.dim_entity where entity_key not in (select entity_key from gone_entities)")
    assert {row[1] for row in kept} == {"place:丁"}
    assert renewed | set(kept) == described(store, whole, "*")
    assert renewed.isdisjoint(kept)


def test_sums_of_rows_are_carried_on() -> None:
    with duckdb.connect() as connection:
        connection.execute("create table t as select i, 'x' || i as text from range(9) as r(i)").fetchall()
        whole, none, some, rest = (
            sealed.row_sums(connection, "t", f"from t where {which}") for which in ("true", "false", "i < 4", "i >= 4")
        )
    assert some.plus(rest) == whole
    assert whole.minus(some) == rest
    assert whole.minus(whole) == none == RowSums("i,text", 0, 0, 0)
    assert sealed.sums_told("i,text", whole.told()) == whole
