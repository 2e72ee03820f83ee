"""The part of a table that a night touches: all else stays as it is, so that a night costs what it brings.

A region is a folder of `sql/`: `touched` finds where something has changed, `spread` what is tied to it, a file for each
input reads what is needed of it, `within` the rows of the region, `marked` and `replaced` write it back.
"""

from __future__ import annotations

import polars as pl

from transforms.tables.base import Table
from warehouse.store import SQL, Store, sql


def gather(store: Store, region: str, sources: pl.DataFrame) -> int:
    """Fill the temporary table `region`; how many it names. `sources` are those declared in this home."""
    with store.given("sources", sources):
        store.execute(sql(f"{region}/touched"))
    size = count(store)
    while size and (SQL / region / "spread.sql").exists():
        store.execute(sql(f"{region}/spread"))
        before, size = size, count(store)
        if size == before:
            break
    return size


def count(store: Store) -> int:
    """How many the region names."""
    return int(store.rows("select count(*) from region")[0][0])


def read(store: Store, region: str, table: type[Table]) -> pl.DataFrame:
    """What the region needs of a table."""
    return store.read(sql(f"{region}/{table.NAME.partition('.')[2]}"))


def within(store: Store, region: str, rows: str) -> pl.DataFrame:
    """The rows of the region, of a table or of a frame that was given under this name."""
    return store.read(sql(f"{region}/within").format(rows=rows))


def write(store: Store, region: str, *, is_new: bool, reference_digest: str) -> None:
    """Mark the region as done under this reference data, and put the frame `incoming` in its place if that is new."""
    store.execute(sql(f"{region}/marked"), {"reference": reference_digest})
    if is_new:
        store.execute(sql(f"{region}/replaced"))
