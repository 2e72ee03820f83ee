"""A text that a thousand pages repeat word for word is one article, whichever night brings which of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from random import Random

import polars as pl
import pytest

from tests.transforms.judgement import COMPARING
from transforms import dedup
from transforms.tables import core
from warehouse.candidates import TABLES, gather
from warehouse.store import Store, sql

TEXT = (
    "白鹭湾的候鸟观测站昨天换上了新望远镜，志愿者从清早数到黄昏，一共记下四千多只野鸭。"
    "站长说，今年来得比往年早，湖边的芦苇已经留出半圈不割，好让它们有地方过夜。"
    "附近学校的学生每周来两次，把看到的种类写进一本厚厚的册子。"
)
EDITED = TEXT.replace("黄昏", "傍晚") + "观测站周末向游客开放。"
CUT = TEXT[:80] + "……"
PART = TEXT[41:78]
SOURCES = pl.DataFrame({"source_id": ["s"], "trust": [0.5]})
COPIES = 1_000


def documents() -> pl.DataFrame:
    """A thousand copies word for word, an edited one, a cut one, and an article that quotes a sentence."""
    bodies = [TEXT] * COPIES + [EDITED, CUT, PART]
    spread = Random(7).sample(range(16**8), len(bodies))
    return pl.DataFrame(
        {"document_id": [f"{number:08x}".ljust(16, "5") for number in spread], "body_hans": bodies},
    ).with_columns(
        char_count=pl.col("body_hans").str.len_chars().cast(pl.Int64),
        title_hans=pl.lit("候鸟来了"),
        source_id=pl.lit("s"),
        natural_id=pl.lit(None, pl.String),
        night=pl.lit(dt.date(2026, 1, 5)),
        script=pl.lit("Hans"),
        script_origin=pl.lit("native"),
        published_on=pl.lit(None, pl.Date),
        published_at_utc=pl.lit(None, pl.Datetime("us")),
        retracted_night=pl.lit(None, pl.Date),
        repair_count=pl.lit(0, pl.Int64),
    )


def take_in(store: Store, part: pl.DataFrame, all_documents: pl.DataFrame) -> None:
    """What the stages `key` and `compare` do of a night."""
    store.insert(core.Clause, dedup.clauses(part))
    with store.given("part", part):
        store.execute("insert into core.canonical_documents select document_id, night, char_count from part")
        store.execute("create or replace temp table pending as select document_id as unit_id, 0 as chunk_no from part")
    gather(store)
    found = store.read("select * from found")
    assert found.height < 10
    store.insert(core.Pair, dedup.pairs(found, all_documents, COMPARING))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_thousand_copies_over_three_nights_are_one_article(tmp_path: Path, seed: int) -> None:
    everything = documents()
    order = everything.sample(fraction=1, shuffle=True, seed=seed)
    store = Store(tmp_path / "work.duckdb", TABLES)
    store.execute(sql("macros"))
    store.execute("create table core.canonical_documents (document_id varchar, night date, char_count bigint)")
    for part in (order.head(50), order.slice(50, 600), order.slice(650)):
        take_in(store, part, everything)
    pairs = store.read("select * from core.pairs")
    hashes = store.read(
        """
        select document_id, body_hash
        from core.canonical_documents join core.clauses on document_key = key_of(document_id)
        where clause_hash = body_hash
        """
    )
    store.close()
    copies = dedup.copies(pairs, everything.join(hashes, on="document_id"), SOURCES)
    told = copies.join(everything.select("document_id", "body_hans"), on="document_id")
    assert told.filter(pl.col("body_hans") != PART)["article_id"].n_unique() == 1
    counts = dict(told["verdict"].value_counts().iter_rows())
    assert counts == {"exact": COPIES - 1, "original": 2, "near": 1, "truncated": 1}
    assert "excerpt_of" in dedup.relations(pairs, copies)["relation"]
