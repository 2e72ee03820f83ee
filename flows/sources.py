"""Which files belong to which source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl

import seeds
from flows.ingest import Delivery
from flows.readers import discover
from flows.settings import Home
from transforms.tables.ref import Source

ADHOC = "adhoc"


class UnknownSource(Exception):
    """No row of sources.csv has this id."""


def declared(home: Home) -> pl.DataFrame:
    """The sources of this home: HOME/sources.csv if it is there, else those shipped; `adhoc` always exists."""
    own = home.root / "sources.csv"
    shipped = Source.validate(seeds.table("sources"), cast=True)
    if not own.exists():
        return shipped
    given = Source.validate(pl.read_csv(own, infer_schema=False), cast=True)
    return pl.concat([given, shipped.filter(pl.col("source_id") == ADHOC)]).unique(
        "source_id", keep="first", maintain_order=True
    )


def deliveries(paths: Sequence[str], source_id: str | None, night: date, sources: pl.DataFrame) -> list[Delivery]:
    """What to ingest: the paths given, or what every source with a location holds for this night.

    Raises UnknownSource, and FileNotFoundError for a path that is nothing.
    """
    if source_id is not None and source_id not in set(sources["source_id"]):
        raise UnknownSource(f"{source_id!r} is no source; known: {', '.join(sorted(sources['source_id']))}")
    if paths:
        return [Delivery(source_id or ADHOC, tuple(discover(paths)))]
    rows = sources.filter(pl.col("location").is_not_null())
    if source_id is not None:
        rows = rows.filter(pl.col("source_id") == source_id)
    return [
        Delivery(row["source_id"], tuple(discover([located(row["location"], night)])))
        for row in rows.sort("source_id").iter_rows(named=True)
    ]


def located(location: str, night: date) -> str:
    """The path a location stands for: `{night}` is the date, a path below `seeds/` ships with the product."""
    path = location.format(night=night)
    if path.startswith("seeds/"):
        return str(seeds.FOLDER / Path(path).relative_to("seeds"))
    return path
