"""Counting in pieces: whatever the partitions and shards, the pairs are those of the one query."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import warehouse
from transforms.dedup import candidates
from transforms.dedup.candidates import KEYS, counted, dealt, trimmed, worth_comparing

SQL = (Path(warehouse.__file__).parent / "sql" / "chunk" / "candidates.sql").read_text("utf-8")
# Keys chosen so that they fall into every partition, some of them negative as hashes are.
DOCUMENTS = st.dictionaries(
    st.integers(0, 30),
    st.tuples(st.dictionaries(st.integers(-12, 12), st.integers(1, 20), max_size=8), st.integers(1, 90), st.booleans()),
    min_size=1,
    max_size=20,
)


def keys(*rows: tuple[int, int, int, int, bool]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=KEYS, orient="row")


def in_pieces(rows: pl.DataFrame, shards: int, partitions: int) -> pl.DataFrame:
    """The way of a cluster: deal each shard, count each partition, add up each pair."""
    by_key: dict[int, list[pl.DataFrame]] = {}
    for shard in range(shards):
        for place, part in dealt(trimmed(rows[shard::shards]), ["clause_hash"], partitions).items():
            by_key.setdefault(place, []).append(part)
    by_pair: dict[int, list[pl.DataFrame]] = {}
    for parts in by_key.values():
        for place, part in dealt(counted(pl.concat(parts)), candidates.PAIR, partitions).items():
            by_pair.setdefault(place, []).append(part)
    found = [worth_comparing(parts) for parts in by_pair.values()]
    return pl.concat([worth_comparing([]), *found]).sort(candidates.PAIR)


def by_query(rows: pl.DataFrame) -> pl.DataFrame:
    """The same by the query of one machine."""
    with duckdb.connect() as connection:
        connection.register("given", rows)
        connection.execute("""
            create schema core;
            create table named as select *, lpad(document::varchar, 16, '0') as document_id from given;
            create table core.clauses as select document_id, clause_hash, clause_chars from named;
            create table core.canonical_documents as select distinct document_id, char_count from named;
            create table core.pairs (document_id varchar, other_document_id varchar);
            create table chunk as select distinct document_id from named where is_new;
            create table pending as select document_id as unit_id, 0 as chunk_no from chunk;
        """)
        found = connection.sql(SQL).pl()
    number = pl.col("document_id", "other_document_id").cast(pl.UInt64)
    return found.with_columns(number).rename(dict(zip(found.columns[:2], candidates.PAIR, strict=True)))


def test_a_pair_is_counted_over_all_keys_it_shares() -> None:
    rows = keys((7, 1, 9, 40, True), (8, 1, 6, 40, True), (7, 2, 9, 50, False), (8, 2, 5, 50, False))
    assert counted(rows).rows() == [(1, 2, 14, 2, 40)]
    assert worth_comparing([counted(rows)]).rows() == [(1, 2, 14, 2)]


def test_a_fifth_of_the_shorter_body_is_needed_and_twelve_characters() -> None:
    long = keys((7, 1, 12, 61, True), (7, 2, 12, 99, True))
    short = keys((7, 1, 11, 20, True), (7, 2, 11, 20, True))
    assert worth_comparing([counted(long)]).is_empty()
    assert worth_comparing([counted(short)]).is_empty()
    assert worth_comparing([counted(long), counted(short)]).rows() == [(1, 2, 23, 2)]


def test_two_known_documents_are_no_pair_of_tonight() -> None:
    assert counted(keys((7, 1, 20, 40, False), (7, 2, 20, 40, False))).is_empty()


def test_a_key_beyond_the_limit_in_one_shard_is_beyond_it_in_all() -> None:
    busy = keys(*((7, number, 20, 40, True) for number in range(candidates.MOST_CARRIERS + 9)))
    assert trimmed(busy).height == candidates.MOST_CARRIERS + 1
    assert in_pieces(busy, 1, 3).is_empty()
    assert in_pieces(busy.head(candidates.MOST_CARRIERS), 2, 3).height == 400 * 399 // 2


@settings(max_examples=20, deadline=None)
@given(DOCUMENTS, st.integers(1, 4), st.integers(1, 5))
def test_any_pieces_give_the_pairs_of_the_one_query(
    documents: dict[int, tuple[dict[int, int], int, bool]], shards: int, partitions: int
) -> None:
    rows = keys(
        *(
            (key, document, chars, size, new)
            for document, (carried, size, new) in documents.items()
            for key, chars in carried.items()
        )
    )
    expected = by_query(rows).sort(candidates.PAIR)
    assert in_pieces(rows, shards, partitions).rows() == expected.rows()


def test_batches_of_pairs_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = keys(*((key, number, 20, 40, number % 2 == 0) for key in range(5) for number in range(6)))
    whole = counted(rows).sort(candidates.PAIR)
    monkeypatch.setattr(candidates, "PAIRS_AT_ONCE", 7)
    assert counted(rows).sort(candidates.PAIR).rows() == whole.rows()
