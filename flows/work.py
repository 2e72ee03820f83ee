"""The working database of a home: made, opened, and brought to what this version knows."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import seeds
from flows import reference
from flows.history import upgrade
from flows.pipeline import PIPELINE
from flows.settings import STORE_THREADS, Home
from transforms.tables import ops, raw
from transforms.tables.base import Table
from warehouse import layout, shelf
from warehouse.faults import point
from warehouse.store import StorageTrouble, Store, sql

WORKING_TABLES: tuple[type[Table], ...] = (
    ops.Revision, ops.Run, ops.StageRun, ops.Done, ops.Touched, ops.Stock, ops.Seed, ops.SeedText, ops.Replayed, ops.Redone, ops.Quarantined,
    ops.Expectation, ops.File, ops.Visit, ops.Fetched, ops.FieldDrift, raw.Record,
    *(stage.writes for stage in PIPELINE),
)  # fmt: skip
# Views in the order in which they read each other.
VIEWS = (
    "readable_records",
    "distinct_documents",
    "first_nights",
    "retracted_documents",
    "dated_documents",
    "accepted_documents",
    "survivors",
    "articles",
    "article_versions",
    "story_articles",
    "story_follows",
)
VIEW_SCHEMAS = {"readable_records": "raw", "distinct_documents": "raw"}

# What the engine says of a file another process has open, and how often and how long that is looked at again.
HELD = "Could not set lock"
GLANCES, GLANCE_SECONDS = 100, 0.1


@contextmanager
def opened(home: Home) -> Generator[Store]:
    """The working database of a home with every table and view in place. Raises layout.TooNew, and StorageTrouble."""
    home.make()
    if shelf.current_id(home.current) and not home.work.exists():
        # A night that began anew would publish what it brings, and nothing of what readers have.
        raise StorageTrouble(f"{home.work} is missing, and a release is published")
    store = prepared(home.work)
    try:
        yield store
    finally:
        store.close()


def begin(path: Path) -> None:
    """Make a working database that has all its tables before it bears its name, whatever ends the run that makes it."""
    part = path.with_name(f"{path.name}.part")
    for left in (part, log_of(part)):
        left.unlink(missing_ok=True)
    store = Store(part)
    try:
        layout.bring_up(store)
        # One commit, thus one sync, for hundreds of statements.
        with store.together():
            store.create(*WORKING_TABLES)
    finally:
        store.close()
    point("home:made")
    part.replace(path)


def prepared(path: Path) -> Store:
    """Open or make a working database and bring it to what this version knows. Raises layout.TooNew."""
    if not path.exists():
        begin(path)
    store = attached(path)
    try:
        layout.bring_up(store)
        store.create(*WORKING_TABLES)
        if not store.rows("select * from ops.revision"):
            store.execute("insert into ops.revision values (0)")
        upgrade.rederive(store)
        reference.record(store, seeds.digest())
        # One commit, thus one sync, for a score of statements.
        with store.together():
            store.execute(sql("macros"))
            for name in VIEWS:
                query = sql(f"views/{name}")
                store.execute(f"create or replace view {VIEW_SCHEMAS.get(name, 'core')}.{name} as {query}")
    except BaseException:
        store.close()
        raise
    return store


def attached(path: Path) -> Store:
    """Open a working database. A verb that asks it something has it for moments: they are waited out. Raises StorageTrouble."""
    for _ in range(GLANCES):
        try:
            return Store(path, threads=STORE_THREADS)
        except StorageTrouble as trouble:
            if HELD not in str(trouble):
                raise
        time.sleep(GLANCE_SECONDS)
    return Store(path, threads=STORE_THREADS)


def is_current(store: Store) -> bool:
    """Whether a working database is as this version would leave it."""
    there = upgrade.columns_there(store)
    return layout.version(store) == layout.VERSION and all(
        upgrade.as_declared(there, table) for table in WORKING_TABLES
    )


def log_of(path: Path) -> Path:
    """The write-ahead log of a database."""
    return path.with_name(f"{path.name}.wal")
