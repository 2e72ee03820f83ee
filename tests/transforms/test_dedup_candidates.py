"""Counting in pieces: whatever the partitions and shards, the pairs are those of the one query."""

from __future__ import annotations

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.dedup import candidates
from transforms.dedup.candidates import KEYS, added, counted, dealt
from warehouse.candidates import summed
from warehouse.store import sql

# Keys chosen so that they fall into every partition, some of them negative as hashes are. Of each document: what it
# carries, whether it is new, and how many of its keys it asks by.
DOCUMENTS = st.lists(
    st.tuples(st.dictionaries(st.integers(-12, 12), st.integers(1, 20), max_size=8), st.booleans(), st.integers(0, 8)),
    min_size=1,
    max_size=20,
)


def keys(*rows: tuple[int, int, int, bool, bool]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=KEYS, orient="row")


def in_pieces(rows: pl.DataFrame, shards: int, partitions: int) -> pl.DataFrame:
    """The way of a cluster: deal each shard, count each partition, add up each pair."""
    by_key: dict[int, list[pl.DataFrame]] = {}
    for shard in range(shards):
        for place, part in dealt(rows[shard::shards], ["clause_hash"], partitions).items():
            by_key.setdefault(place, []).append(part)
    by_pair: dict[int, list[pl.DataFrame]] = {}
    for parts in by_key.values():
        for place, part in dealt(counted(pl.concat(parts)), candidates.PAIR, partitions).items():
            by_pair.setdefault(place, []).append(part)
    return added([added(parts) for parts in by_pair.values()])


def by_query(rows: pl.DataFrame) -> pl.DataFrame:
    """The same by the query of one machine."""
    with duckdb.connect() as connection:
        connection.register("given", rows)
        connection.execute(
            "create table carriers as select *, case when is_asking then 1 else 2 end as level from given"
        )
        connection.execute("create table askers as select distinct place, 1 as level, 1 as least_asked from given")
        connection.execute("create table counted (place bigint, other_place bigint, shared_chars bigint)")
        met = connection.sql(sql("compare/met_keys"), params={"first": 0, "last": 30}).pl()["packed"]
        connection.register("summed", summed(met))
        connection.execute(sql("compare/counted"), {"first": 0})
        return connection.sql("from counted").pl().sort(candidates.PAIR)


def test_a_pair_is_counted_over_all_keys_the_shorter_asks_by() -> None:
    rows = keys(
        (7, 1, 9, True, True),
        (7, 2, 6, True, False),
        (8, 1, 9, True, True),
        (8, 2, 5, True, True),
        (9, 1, 9, True, False),
        (9, 2, 9, True, True),
    )
    assert counted(rows).rows() == [(1, 2, 11)]


def test_two_known_documents_are_no_pair_of_tonight() -> None:
    assert counted(keys((7, 1, 20, False, True), (7, 2, 20, False, True))).is_empty()


@settings(max_examples=20)
@given(DOCUMENTS, st.integers(1, 4), st.integers(1, 5))
def test_any_pieces_give_the_pairs_of_the_one_query(
    documents: list[tuple[dict[int, int], bool, int]], shards: int, partitions: int
) -> None:
    rows = keys(
        *(
            (key, place, chars, is_new, number < asked)
            for place, (carried, is_new, asked) in enumerate(documents)
            for number, (key, chars) in enumerate(carried.items())
        )
    )
    assert in_pieces(rows, shards, partitions).rows() == by_query(rows).rows()


def test_batches_of_pairs_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = keys(*((key, number, 20, number % 2 == 0, True) for key in range(5) for number in range(6)))
    whole = counted(rows)
    monkeypatch.setattr(candidates, "PAIRS_AT_ONCE", 7)
    assert counted(rows).rows() == whole.rows()
