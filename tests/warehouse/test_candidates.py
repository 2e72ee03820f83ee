"""The counting join: which documents share enough keys to be compared."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

import warehouse
from transforms import dedup

SQL = (Path(warehouse.__file__).parent / "sql" / "chunk" / "candidates.sql").read_text("utf-8")
STORY = "渡口的老摆渡人今天最后一次撑船，两岸乡亲都来送行。新桥明天通车，从此过河只要三分钟，渡船将送进镇上的展览馆。"
OTHER = "山里的茶园开始采春茶，采茶的妇女天不亮就上山。今年雨水均匀，茶农估计收成不错，收购价也比往年稳定。"


def candidates(keys: pl.DataFrame, new: list[str], later: list[str] | None = None) -> list[tuple[str, str]]:
    pending = pl.DataFrame({"unit_id": new + (later or []), "chunk_no": [0] * len(new) + [1] * len(later or [])})
    with duckdb.connect() as connection:
        connection.execute("create schema core")
        connection.register("keys", keys)
        connection.register("ids", pl.DataFrame({"document_id": new}, schema={"document_id": pl.String}))
        connection.register("turns", pending.cast({"unit_id": pl.String, "chunk_no": pl.Int64}))
        connection.execute("create table pending as select * from turns")
        connection.execute("create table core.clauses as select * from keys")
        lengths = "select document_id, sum(clause_chars)::bigint as char_count from core.clauses group by all"
        connection.execute(f"create table core.canonical_documents as {lengths}")
        connection.execute("create table core.pairs (document_id varchar, other_document_id varchar)")
        connection.execute("create table chunk as select * from ids")
        found = connection.sql(SQL).pl()
    assert found.columns == ["document_id", "other_document_id", "shared_chars", "shared_keys"]
    assert found.dtypes == [pl.String, pl.String, pl.Int64, pl.Int64]
    return sorted(found.select("document_id", "other_document_id").rows())


def keys_of(*bodies: str) -> pl.DataFrame:
    ids = [f"{number:016x}" for number in range(len(bodies))]
    return dedup.clauses(pl.DataFrame({"document_id": ids, "body_hans": list(bodies)}))


def ids(*numbers: int) -> list[str]:
    return [f"{number:016x}" for number in numbers]


def test_documents_that_share_text_are_candidates_smaller_id_first() -> None:
    assert candidates(keys_of(STORY, OTHER, STORY), ids(0, 1, 2)) == [tuple(ids(0, 2))]


def test_an_excerpt_is_a_candidate() -> None:
    assert candidates(keys_of(STORY + OTHER, OTHER), ids(0, 1)) == [tuple(ids(0, 1))]


def test_a_pair_of_old_documents_is_not_counted_again() -> None:
    keys = keys_of(STORY, STORY, STORY)
    assert candidates(keys, ids(1)) == [tuple(ids(0, 1)), tuple(ids(1, 2))]
    assert candidates(keys, []) == []


def test_two_nights_find_the_same_pairs_as_one() -> None:
    keys = keys_of(STORY, OTHER, STORY, OTHER + STORY, STORY + "完。")
    first = keys.filter(pl.col("document_id").is_in(ids(1, 2, 4)))
    split = candidates(first, ids(1, 2, 4)) + candidates(keys, ids(0, 3))
    assert sorted(split) == candidates(keys, ids(0, 1, 2, 3, 4))


def test_several_chunks_find_every_pair_once() -> None:
    keys = keys_of(STORY, OTHER, STORY, OTHER + STORY, STORY + "完。")
    split = candidates(keys, ids(1, 2, 4), later=ids(0, 3)) + candidates(keys, ids(0, 3))
    assert sorted(split) == candidates(keys, ids(0, 1, 2, 3, 4))


def test_one_stock_phrase_makes_no_candidates() -> None:
    phrase = "记者昨天了解到，"
    assert candidates(keys_of(phrase + STORY, phrase + OTHER * 2), ids(0, 1)) == []


def test_a_key_of_more_than_four_hundred_documents_is_not_counted() -> None:
    def carried_by(number: int) -> pl.DataFrame:
        return pl.DataFrame(
            {"document_id": ids(*range(number)), "clause_hash": [7] * number, "clause_chars": [20] * number}
        )

    assert len(candidates(carried_by(400), ids(0))) == 399
    assert candidates(carried_by(401), ids(0)) == []
