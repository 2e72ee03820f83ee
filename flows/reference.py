"""Seeds the marts join with, put where SQL can see them."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cache

import polars as pl

import seeds
from flows import sheets
from flows.chunk import is_seed
from flows.pipeline import PIPELINE
from flows.runner import Night
from transforms import calendar
from transforms.tables import ref
from transforms.tables.ref_entities import GazetteerName
from transforms.tables.ref_topics import Topic
from warehouse.quoting import quoted
from warehouse.store import Store, sql

# Of the gazetteer, the longest of the seeds, what the marts read.
OF_NAMES = ("name_hans", "entity_type", "parent", "code")


def load(store: Store, night: Night) -> None:
    """Make ref.sources, ref.topics, ref.gazetteer and ref.calendar as the marts read them."""
    with store.together():
        put(store, "sources", night.seed(ref.Source))
        put(store, "topics", night.seed(Topic))
        put(store, "calendar", days(store, night.night))
        # A tenth of what a small night costs: once for each state of the seeds.
        made_of = f"{night.reference_digest}: {', '.join(OF_NAMES)}"
        if not store.rows("select 1 from duckdb_tables() where comment = $made_of", {"made_of": made_of}):
            put(store, "gazetteer", night.seed(GazetteerName).select(OF_NAMES))
            store.execute(f"comment on table ref.gazetteer is {quoted(made_of)}")


def record(store: Store, digest: str) -> None:
    """Keep the reference data a run works under, so that a later one can tell what has changed since.

    What this home has not worked under yet is looked at before: see `check`.
    """
    if is_known(store, digest):
        return
    check(digest)
    texts = {name: seeds.text(name) for name in seeds.names()}
    digests = [digest_of(text) for text in texts.values()]
    frame = pl.DataFrame({"seed": list(texts), "sha256": digests, "text": list(texts.values())})
    with store.given("of_today", frame), store.together():
        store.execute("insert into ops.seeds select $d, seed, sha256 from of_today", {"d": digest})
        store.execute(
            "insert into ops.seed_texts select distinct sha256, text from of_today anti join ops.seed_texts using (sha256)"
        )


def is_known(store: Store, digest: str) -> bool:
    """Whether a run of this home has worked under this reference data, which was sound then."""
    return bool(store.rows("select 1 from ops.seeds where reference_digest = $d limit 1", {"d": digest}))


@cache
def check(digest: str) -> None:
    """Read every table of the seeds known by `digest` cell by cell. Raises Trouble: a broken rule is no fault of the articles."""
    del digest
    read = (table for stage in PIPELINE for table in stage.reads if is_seed(table))
    for table in dict.fromkeys([*read, ref.ReasonCode]):
        sheets.shipped(table)


def digest_of(text: str) -> str:
    """What a content of a seed table is known by."""
    return hashlib.sha256(text.encode()).hexdigest()


def put(store: Store, name: str, frame: pl.DataFrame) -> None:
    """A table made anew, in the place of what an earlier night left: the seeds are the home of reference data."""
    with store.given("incoming", frame):
        store.execute(f"create schema if not exists ref; create or replace table ref.{name} as from incoming")


def days(store: Store, night: date) -> pl.DataFrame:
    """Every day of the years the warehouse speaks of, from the first night or publication to the night itself."""
    first, last = store.rows(sql("publish/years"))[0]
    first, last = min(first or night, night), max(last or night, night)
    return calendar.days(date(first.year, 1, 1), date(last.year, 12, 31))
