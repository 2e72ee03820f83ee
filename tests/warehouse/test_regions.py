"""Clusters and relations are done over only where a night touches them, and come out as if all had been done at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.pipeline import PIPELINE
from flows.runner import Night, StageReport, run
from tests.transforms.test_dedup_laws import IDS, SOURCES, documents, documents_frame, links, pairs_frame
from transforms import dedup
from transforms.dedup.bodies import speaker
from transforms.tables import core, ops
from warehouse.store import Store, sql

STAGES = [stage for stage in PIPELINE if stage.region is not None]
NIGHT = dt.date(2025, 3, 9)
COLUMNS = {
    "raw.documents": "document_id varchar, source_id varchar, natural_id varchar, url varchar, night date, "
    "is_retraction boolean",
    "core.canonical_documents": "document_id varchar, source_id varchar, night date, title_hans varchar, "
    "published_on date, char_count bigint, repair_count bigint, script varchar, script_origin varchar, "
    "quality_score double",
    "core.clean_documents": "document_id varchar, source_id varchar, natural_id varchar, published_at_utc timestamp, "
    "title_is_inferred boolean",
}
TABLES = (ops.Done, ops.Touched, core.Clause, core.Pair, core.Copy, core.Relation)
RECORDS = """
    insert into raw.documents
    select document_id, source_id, natural_id, document_id, night, false from known
    union all
    select document_id, source_id, natural_id, document_id, night + 1, false from known
    union all
    select 'no ' || document_id, source_id, document_id, null, retracted_night, true
    from known
    where retracted_night is not null
"""


class Warehouse:
    """A working database of documents and pairs alone, in which the stages of clusters and relations run."""

    def __init__(self, path: Path):
        self.store = Store(path / "work.duckdb", (ops.Revision, *TABLES))
        self.store.execute(sql("macros"))
        self.store.execute("insert into ops.revision values (0)")
        self.store.execute("create schema raw")
        for name, columns in COLUMNS.items():
            self.store.execute(f"create table {name} ({columns})")
        self.store.execute(f"create view core.retracted_documents as {sql('views/retracted_documents')}")
        self.clear()

    def clear(self, sources: pl.DataFrame = SOURCES) -> None:
        for name in (*COLUMNS, *(table.NAME for table in TABLES)):
            self.store.execute(f"delete from {name}")
        self.known: dict[str, dict[str, object]] = {}
        self.pairs: dict[tuple[str, str], tuple[object, ...]] = {}
        self.declare(sources)

    def declare(self, sources: pl.DataFrame) -> None:
        self.night = Night("run", NIGHT, self.store, 1, {"sources": sources.with_columns(script=pl.lit("Hans"))})

    def hold(self, known: pl.DataFrame, pairs: pl.DataFrame) -> None:
        """Let these documents and pairs be all there are, and note what has changed as whoever changes it does.

        Every document came a second time, a night later.
        """
        with self.store.given("known", known), self.store.given("compared", pairs):
            for name in COLUMNS:
                self.store.execute(f"delete from {name}")
                if name != "raw.documents":
                    self.store.execute(f"insert into {name} by name select {columns_of(name)} from known")
            self.store.execute(RECORDS)
            self.store.execute("delete from core.clauses")
            self.store.execute(
                "insert into core.clauses select key_of(document_id), body_hash, body_hash, 9, night from known"
                " where body_hash is not null"
            )
            self.store.execute("delete from core.pairs")
            self.store.execute("insert into core.pairs by name select * from compared")
        before, self.known = self.known, {str(row["document_id"]): row for row in known.iter_rows(named=True)}
        pairs_before, self.pairs = self.pairs, {(row[0], row[1]): row for row in pairs.iter_rows()}
        unpaired = {one for pair in dict(pairs_before.items() ^ self.pairs.items()) for one in pair}
        touched = [(one, None) for one in unpaired]
        for one in before.keys() | self.known.keys():
            touched += changed(one, before.get(one), self.known.get(one))
        for one, night in touched:
            self.store.execute(
                "insert into ops.touched values ('deduplicate', $one, $night)", {"one": one, "night": night}
            )

    def run(self) -> list[StageReport]:
        return [run(stage, self.night) for stage in STAGES]

    def rows(self, name: str) -> pl.DataFrame:
        return self.store.read(f"select * from {name} order by all")


def changed(one: str, before: dict[str, Any] | None, now: dict[str, Any] | None) -> list[tuple[str, dt.date | None]]:
    """What is noted of a document: that it is new, gone or another, or the record that changed its night or took it back."""
    if before is None or now is None or not is_told_by_records(before, now):
        return [] if before == now else [(one, None)]
    earlier = [(one, now["night"])] if now["night"] < before["night"] else []
    return earlier + ([(f"no {one}", now["retracted_night"])] if before["retracted_night"] is None else [])


def is_told_by_records(before: dict[str, Any], now: dict[str, Any]) -> bool:
    rest = {name for name in before if before[name] != now[name]} - {"night", "retracted_night"}
    return not rest and now["night"] <= before["night"] and before["retracted_night"] in (None, now["retracted_night"])


def columns_of(name: str) -> str:
    return ", ".join(column.split()[0] for column in COLUMNS[name].split(", "))


def frames(rows: list[dict[str, object]], found: dict[tuple[str, str], tuple[str, bool]]) -> tuple[pl.DataFrame, ...]:
    """The documents, and the pairs of those that speak for their bodies."""
    known = documents_frame(rows).with_columns(quality_score=pl.lit(1.0), title_is_inferred=pl.lit(False))
    speakers = set(known.select(speaker()).to_series())
    pairs = pairs_frame({pair: said for pair, said in found.items() if set(pair) <= speakers})
    return known, pairs.with_columns(evidence=pl.lit(None, pl.String))


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    opened = Warehouse(tmp_path_factory.mktemp("regions"))
    yield opened
    opened.store.close()


nights = st.lists(st.integers(1, len(IDS)), min_size=1, max_size=3)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents, links, st.permutations(range(len(IDS))), nights, st.data())
def test_the_order_of_nights_changes_no_cluster_and_no_relation(
    warehouse: Warehouse,
    rows: tuple[dict[str, object], ...],
    found: dict[tuple[str, str], tuple[str, bool]],
    order: list[int],
    sizes: list[int],
    data: st.DataObject,
) -> None:
    warehouse.clear()
    for size in sizes:
        # On the way a document may be gone for a night, not be taken back yet, or be known of a later night only.
        part = [dict(rows[number]) for number in order[:size]]
        if data.draw(st.booleans()):
            part = [row | {"retracted_night": None, "night": dt.date(2025, 3, 5)} for row in part]
        warehouse.hold(*frames(part, found))
        warehouse.run()
    known, pairs = frames(list(rows), found)
    warehouse.hold(known, pairs)
    warehouse.run()
    copies = dedup.copies(pairs, known, SOURCES)
    relations = dedup.relations(pairs, copies)
    assert warehouse.rows("core.copies").equals(copies.sort(copies.columns))
    assert warehouse.rows("core.relations").equals(relations.sort(relations.columns))


def row(number: int, **said: object) -> dict[str, object]:
    """A document that is like no other."""
    return {
        "document_id": IDS[number],
        "source_id": "high",
        "natural_id": None,
        "night": dt.date(2025, 3, 1),
        "title_hans": None,
        "published_at_utc": None,
        "published_on": None,
        "body_hash": number,
        "char_count": 100,
        "repair_count": 0,
        "script": "Hans",
        "script_origin": None,
        "retracted_night": None,
    } | said


def test_a_night_does_what_is_tied_to_what_it_brings_and_nothing_else(warehouse: Warehouse) -> None:
    warehouse.clear()
    found = {(IDS[0], IDS[1]): ("near", False), (IDS[1], IDS[2]): ("near", False), (IDS[3], IDS[4]): ("sibling", False)}
    warehouse.hold(*frames([row(number) for number in (0, 1, 3, 4, 5)], found))
    assert [report.rows_out for report in warehouse.run()] == [5, 2]
    warehouse.hold(*frames([row(number) for number in range(6)], found))
    assert [report.rows_out for report in warehouse.run()] == [3, 0]
    warehouse.hold(*frames([row(number) for number in range(6)], found | {(IDS[4], IDS[5]): ("sibling", False)}))
    assert [report.rows_out for report in warehouse.run()] == [2, 4]


def test_a_night_that_touches_nothing_leaves_no_trace(warehouse: Warehouse) -> None:
    warehouse.clear()
    warehouse.hold(*frames([row(number) for number in range(4)], {(IDS[0], IDS[1]): ("near", False)}))
    warehouse.run()
    before = warehouse.rows("ops.revision"), warehouse.rows("ops.done")
    assert [report.rows_in for report in warehouse.run()] == [0, 0]
    assert [
        one.equals(two)
        for one, two in zip(before, (warehouse.rows("ops.revision"), warehouse.rows("ops.done")), strict=True)
    ]


def test_relations_are_done_after_a_run_that_died_before_them(warehouse: Warehouse) -> None:
    warehouse.clear()
    warehouse.hold(*frames([row(number) for number in range(2)], {(IDS[0], IDS[1]): ("sibling", False)}))
    run(STAGES[0], warehouse.night)
    assert [report.rows_out for report in warehouse.run()] == [0, 2]


def test_a_document_that_comes_again_touches_nothing(warehouse: Warehouse) -> None:
    warehouse.clear()
    warehouse.hold(*frames([row(0), row(1)], {}))
    warehouse.run()
    warehouse.store.execute(
        "insert into ops.touched values ('deduplicate', $one, $night)", {"one": IDS[0], "night": NIGHT}
    )
    assert [report.rows_in for report in warehouse.run()] == [0, 0]
    assert warehouse.rows("ops.touched").is_empty()


def test_the_trust_of_a_source_touches_its_documents(warehouse: Warehouse) -> None:
    warehouse.clear()
    warehouse.hold(
        *frames([row(0), row(1, source_id="low"), row(2, source_id="low")], {(IDS[0], IDS[1]): ("near", False)})
    )
    warehouse.run()
    assert warehouse.rows("core.copies")["survivor_document_id"].to_list() == [IDS[0], IDS[0], IDS[2]]
    warehouse.declare(SOURCES.with_columns(trust=pl.when(pl.col("source_id") == "low").then(1.0).otherwise("trust")))
    assert warehouse.run()[0].rows_out == 3
    assert warehouse.rows("core.copies")["survivor_document_id"].to_list() == [IDS[1], IDS[1], IDS[2]]
