"""The counting join: which documents share enough keys to be compared."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms import dedup
from transforms.tables import core, views
from warehouse.candidates import LEAST_CHARS, LEAST_SHARE, TABLES, gather
from warehouse.store import Store, sql

STORY = "渡口的老摆渡人今天最后一次撑船，两岸乡亲都来送行。新桥明天通车，从此过河只要三分钟，渡船将送进镇上的展览馆。"
OTHER = "山里的茶园开始采春茶，采茶的妇女天不亮就上山。今年雨水均匀，茶农估计收成不错，收购价也比往年稳定。"


PAIR = ["document_id", "other_document_id"]
NIGHT = dt.date(2026, 1, 5)


class Desk:
    """A working database whose documents are keys alone: nights are taken in and what is to be compared is told."""

    def __init__(self, path: Path):
        self.store = Store(path / "work.duckdb", TABLES)
        self.store.execute(sql("macros"))
        self.store.execute("create table core.canonical_documents (document_id varchar, night date, char_count bigint)")

    def night(
        self, keys: pl.DataFrame, chunks: list[list[str]], most_bodies: int = 400, lengths: dict[str, int] | None = None
    ) -> set[tuple[str, str]]:
        """Take in documents, every list of them a chunk; the pairs that were found for comparing.

        A document is as long as its keys make it, unless `lengths` says so.
        """
        turns = [(one, number) for number, chunk in enumerate(chunks) for one in chunk]
        with self.store.given("keys", keys), self.store.given("turns", pl.DataFrame(turns, TURNS, orient="row")):
            self.store.execute("create or replace temp table pending as select * from turns")
            self.store.execute(
                "insert into core.clauses select * from keys semi join turns on key_of(unit_id) = document_key"
            )
            self.store.execute(
                """
                insert into core.canonical_documents
                select unit_id, night, sum(clause_chars) filter (clause_hash <> body_hash)::bigint
                from turns join keys on key_of(unit_id) = document_key
                group by unit_id, night
                """
            )
        for document, length in (lengths or {}).items():
            self.store.execute(
                "update core.canonical_documents set char_count = $length where document_id = $document",
                {"length": length, "document": document},
            )
        gather(self.store, most_bodies)
        found: set[tuple[str, str]] = set()
        for number in range(len(chunks)):
            self.store.execute(
                "create or replace temp table chunk as select unit_id as document_id from pending where chunk_no = $n",
                {"n": number},
            )
            rows = self.store.read(sql("chunk/candidates"))
            assert rows.schema == {name: column.dtype for name, column in views.Candidate.columns().items()}
            self.compared(rows)
            pairs = set(rows.select(PAIR).iter_rows())
            assert len(pairs) == rows.height and not pairs & found
            found |= pairs
        return found

    def compared(self, rows: pl.DataFrame) -> None:
        verdict = {"is_copy": False, "is_reversed": False, "jaccard": 0.5, "containment": 0.5}
        told = rows.select(*PAIR, **{name: pl.lit(value) for name, value in verdict.items()})
        self.store.insert(
            core.Pair,
            told.with_columns(pl.lit(None, pl.String).alias(name) for name in ("verdict", "relation", "evidence")),
        )

    def pairs(self) -> set[tuple[str, str]]:
        return set(self.store.read("select document_id, other_document_id from core.pairs").iter_rows())


TURNS = {"unit_id": pl.String, "chunk_no": pl.Int64}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(tmp_path)
    yield opened
    opened.store.close()


def keys_of(*bodies: str) -> pl.DataFrame:
    documents = pl.DataFrame({"document_id": ids(*range(len(bodies))), "body_hans": list(bodies)})
    return dedup.clauses(documents.with_columns(night=NIGHT))


def carried(*bodies: list[int]) -> pl.DataFrame:
    """The keys of documents made of clauses of twenty characters, given by their numbers."""
    rows = [
        (int(one[:15], 16), hash_of(body), clause, 20, NIGHT)
        for one, body in zip(ids(*range(len(bodies))), bodies, strict=True)
        for clause in [*body, hash_of(body)]
    ]
    return pl.DataFrame(rows, schema=core.Clause.create_empty().schema, orient="row")


def carried_for(*bodies: dict[int, int]) -> pl.DataFrame:
    """The keys of documents made of clauses, given by their numbers, that stand for so many characters."""
    rows = [
        (int(one[:15], 16), hash_of(list(body)), clause, chars, NIGHT)
        for one, body in zip(ids(*range(len(bodies))), bodies, strict=True)
        for clause, chars in [*body.items(), (hash_of(list(body)), 1)]
    ]
    return pl.DataFrame(rows, schema=core.Clause.create_empty().schema, orient="row")


def hash_of(body: list[int]) -> int:
    return -1 - sum((clause + 1) * 50**place for place, clause in enumerate(sorted(body)))


def ids(*numbers: int) -> list[str]:
    return [f"{number:04x}".ljust(16, "0") for number in numbers]


def test_documents_that_share_text_are_candidates_smaller_id_first(desk: Desk) -> None:
    assert desk.night(keys_of(STORY, OTHER, STORY + "完。"), [ids(2, 0, 1)]) == {tuple(ids(0, 2))}


def test_an_excerpt_is_a_candidate(desk: Desk) -> None:
    assert desk.night(keys_of(STORY + OTHER, OTHER), [ids(0, 1)]) == {tuple(ids(0, 1))}


def test_copies_word_for_word_are_not_compared_and_the_smallest_id_speaks_for_them(desk: Desk) -> None:
    keys = keys_of(STORY, STORY + OTHER, STORY, STORY)
    assert desk.night(keys, [ids(0, 1, 2, 3)]) == {tuple(ids(0, 1))}


def test_a_smaller_id_speaks_for_its_body_from_the_night_it_comes(desk: Desk) -> None:
    keys = keys_of(STORY, STORY + OTHER, STORY)
    assert desk.night(keys, [ids(1, 2)]) == {tuple(ids(1, 2))}
    assert desk.night(keys, [ids(0)]) == {tuple(ids(0, 1))}
    assert desk.pairs() == {tuple(ids(0, 1))}


def test_a_pair_of_old_documents_is_not_counted_again(desk: Desk) -> None:
    keys = keys_of(STORY, STORY + "完。", STORY + "毕。")
    assert desk.night(keys, [ids(0, 2)]) == {tuple(ids(0, 2))}
    assert desk.night(keys, [ids(1)]) == {tuple(ids(0, 1)), tuple(ids(1, 2))}


def test_several_chunks_find_every_pair_once(desk: Desk) -> None:
    keys = keys_of(STORY, OTHER, STORY + "毕。", OTHER + STORY, STORY + "完。")
    found = desk.night(keys, [ids(1, 2, 4), ids(0, 3)])
    assert len(found) == 7


def test_documents_of_one_pair_take_their_turn_together(desk: Desk) -> None:
    desk.night(keys_of(STORY, OTHER, STORY + "完。", OTHER + "完。"), [ids(0, 1), ids(2, 3)])
    turns = dict(desk.store.read("select unit_id, chunk_no from pending").iter_rows())
    assert [turns[one] for one in ids(0, 2, 1, 3)] == [0, 0, 1, 1]


def test_one_stock_phrase_makes_no_candidates(desk: Desk) -> None:
    phrase = "记者昨天了解到，"
    assert desk.night(keys_of(phrase + STORY, phrase + OTHER * 2), [ids(0, 1)]) == set()


def test_a_key_of_too_many_bodies_brings_no_two_together(desk: Desk) -> None:
    keys = carried([7, 1], [7, 2], [7, 3], [7, 4])
    assert len(desk.night(keys, [ids(0, 1, 2)], most_bodies=3)) == 3
    assert desk.night(keys, [ids(3)], most_bodies=3) == set()
    assert desk.pairs() == set()


def test_a_stock_key_is_text_in_common_once_a_rarer_one_has_brought_two_together(desk: Desk) -> None:
    form = [7, 8, 9, 10, 11]
    keys = carried([*form, 1], [*form, 1, 2], [*form, 3], [*form, 4])
    assert desk.night(keys, [ids(0, 1, 2, 3)], most_bodies=3) == {tuple(ids(0, 1))}


def test_copies_word_for_word_make_no_key_stock(desk: Desk) -> None:
    assert desk.night(carried([7, 1], [7, 2], [7, 2], [7, 2]), [ids(0, 1, 2, 3)], most_bodies=3) == {tuple(ids(0, 1))}


def pairs_that_share_enough(bodies: list[dict[int, int]], lengths: list[int], most_bodies: int) -> set[tuple[int, int]]:
    """What must be found, pair by pair: twelve characters in rare keys, a fifth of the shorter body in all keys."""
    carriers = Counter(clause for body in bodies for clause in body)
    found: set[tuple[int, int]] = set()
    for one, two in combinations(range(len(bodies)), 2):
        shared = {
            clause: min(bodies[one][clause], bodies[two][clause]) for clause in bodies[one].keys() & bodies[two].keys()
        }
        rare = sum(chars for clause, chars in shared.items() if carriers[clause] <= most_bodies)
        if rare >= LEAST_CHARS and sum(shared.values()) * LEAST_SHARE >= min(lengths[one], lengths[two]):
            found.add((one, two))
    return found


@settings(max_examples=12)
@given(
    st.lists(
        st.tuples(
            # Few clauses, so that many are frequent, and sets of them alike; some stand for more in one body than another.
            st.dictionaries(st.integers(0, 9), st.sampled_from([7, 7, 7, 14]), min_size=1, max_size=8),
            st.integers(1, 300),
        ),
        min_size=2,
        max_size=12,
        unique_by=lambda document: tuple(sorted(document[0])),
    ),
    st.integers(1, 6),
    st.data(),
)
def test_asking_by_rare_keys_loses_no_pair_and_finds_no_other(
    documents: list[tuple[dict[int, int], int]], most_bodies: int, data: st.DataObject
) -> None:
    bodies, lengths = [body for body, _ in documents], [length for _, length in documents]
    order = ids(*range(len(bodies)))
    first = data.draw(st.integers(0, len(order)))
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        for night in (order[:first], order[first:]):
            desk.night(carried_for(*bodies), [night], most_bodies, {one: lengths[order.index(one)] for one in night})
        found = desk.pairs()
        desk.store.close()
    # What the first night found by a key that became stock in the second is taken back by its characters alone.
    expected = {(order[one], order[two]) for one, two in pairs_that_share_enough(bodies, lengths, most_bodies)}
    assert found == expected


@settings(max_examples=8)
@given(
    st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=3, unique=True), min_size=3, max_size=9),
    st.randoms(use_true_random=False),
)
def test_what_is_compared_in_the_end_does_not_depend_on_the_order_of_arrival(bodies, random) -> None:  # type: ignore[no-untyped-def]
    keys, order = carried(*bodies), ids(*range(len(bodies)))
    with TemporaryDirectory() as folder:
        once = Desk(Path(folder))
        expected = once.night(keys, [order], most_bodies=3)
        once.store.close()
    random.shuffle(order)
    first, second = sorted(random.sample(range(len(order)), 2))
    with TemporaryDirectory() as folder:
        nights = Desk(Path(folder))
        for chunks in ([order[:first]], [order[first:second]], [order[second:-1], order[-1:]]):
            nights.night(keys, [chunk for chunk in chunks if chunk], most_bodies=3)
        found = nights.pairs()
        nights.store.close()
    assert found == expected
