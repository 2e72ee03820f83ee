"""Counting in pieces: whatever the partitions and shards, the pairs are those of the one query."""

from __future__ import annotations

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.dedup import candidates
from transforms.dedup.candidates import KEYS, added, counted, dealt
from warehouse.candidates import LEAST_CHARS
from warehouse.store import sql

# Keys chosen so that they fall into every partition, some of them negative as hashes are; the turn of each document.
DOCUMENTS = st.dictionaries(
    st.integers(0, 30),
    st.tuples(st.dictionaries(st.integers(-12, 12), st.integers(1, 20), max_size=8), st.integers(-1, 2)),
    min_size=1,
    max_size=20,
)


def keys(*rows: tuple[int, int, int, int]) -> pl.DataFrame:
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
    return added([added(parts, LEAST_CHARS) for parts in by_pair.values()])


def by_query(rows: pl.DataFrame) -> pl.DataFrame:
    """The same by the query of one machine."""
    with duckdb.connect() as connection:
        connection.register("given", rows)
        connection.execute(f"set variable least_chars = {LEAST_CHARS}; set variable most_bodies = 400")
        connection.execute("create table carriers as select *, 2 as bodies from given")
        connection.execute(sql("compare/counted"))
        return connection.sql("from counted").pl().sort(candidates.PAIR)


def test_a_pair_is_counted_over_all_keys_it_shares() -> None:
    rows = keys((7, 1, 9, 0), (8, 1, 6, 0), (7, 2, 9, -1), (8, 2, 5, -1))
    assert counted(rows).rows() == [(1, 2, 14, 2, 0)]


def test_a_pair_has_the_turn_of_the_later_of_the_two() -> None:
    assert counted(keys((7, 1, 20, 3), (7, 2, 20, 5))).rows() == [(1, 2, 20, 1, 5)]


def test_twelve_characters_are_needed_over_all_partitions() -> None:
    short = counted(keys((7, 1, 11, 0), (7, 2, 11, 0)))
    assert added([short], LEAST_CHARS).is_empty()
    assert added([short, short], LEAST_CHARS).rows() == [(1, 2, 22, 2, 0)]


def test_two_known_documents_are_no_pair_of_tonight() -> None:
    assert counted(keys((7, 1, 20, -1), (7, 2, 20, -1))).is_empty()


@settings(max_examples=20, deadline=None)
@given(DOCUMENTS, st.integers(1, 4), st.integers(1, 5))
def test_any_pieces_give_the_pairs_of_the_one_query(
    documents: dict[int, tuple[dict[int, int], int]], shards: int, partitions: int
) -> None:
    rows = keys(
        *(
            (key, document, chars, turn)
            for document, (carried, turn) in documents.items()
            for key, chars in carried.items()
        )
    )
    assert in_pieces(rows, shards, partitions).rows() == by_query(rows).rows()


def test_batches_of_pairs_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = keys(*((key, number, 20, number % 2 - 1) for key in range(5) for number in range(6)))
    whole = counted(rows)
    monkeypatch.setattr(candidates, "PAIRS_AT_ONCE", 7)
    assert counted(rows).rows() == whole.rows()
