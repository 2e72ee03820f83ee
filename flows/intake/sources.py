"""Which files and addresses belong to which source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import polars as pl

import seeds
from flows import sheets
from flows.intake.delivery import Delivery, Terms
from flows.readers import INDEX, InputFile, discover
from flows.reporting.wording import meant
from flows.settings import Home
from flows.sheets import BadSheet
from transforms.decode.fields import field_map
from transforms.tables.ref import Source

ADHOC = "adhoc"
# What a row of HOME/sources.csv may leave out.
DEFAULTS = {"time_zone": "Asia/Shanghai", "trust": "0.5"}
YES = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class UnknownSource(Exception):
    """No row of sources.csv has this id."""


def declared(home: Home) -> pl.DataFrame:
    """The sources of this home: HOME/sources.csv if it is there, else those shipped; `adhoc` always exists.

    A row must name its `source_id`, every other column may be missing. Raises BadSheet, OSError, and Trouble for what is
    shipped.
    """
    own = home.root / "sources.csv"
    shipped = sheets.shipped(Source, ADHOC)
    if not own.exists():
        return shipped
    rows = checked(sheets.written(own))
    return pl.concat([rows, shipped.filter(pl.col("source_id") == ADHOC)]).unique(
        "source_id", keep="first", maintain_order=True
    )


def checked(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows as written, completed and checked. Raises BadSheet."""
    sheets.known(rows, Source)
    columns = Source.column_names()
    if "source_id" not in rows.columns:
        raise BadSheet("no column source_id")
    rows = rows.with_columns(pl.lit(None, pl.String).alias(name) for name in columns if name not in rows.columns)
    rows = rows.with_columns(pl.all().str.strip_chars().replace("", None))
    rows = rows.with_columns(pl.col(name).fill_null(value) for name, value in DEFAULTS.items())
    rows = rows.with_columns(name_hans=pl.coalesce("name_hans", "source_id")).select(columns)
    for row in rows.iter_rows(named=True):
        if wrong := mistake(row):
            raise BadSheet(f"{row['source_id']}: {wrong}")
    return sheets.typed(
        rows.with_columns(pl.col("allow_private").str.to_lowercase().replace_strict(YES, default=None)), Source
    )


def mistake(row: dict[str, str | None]) -> str | None:
    """What is wrong with a row as written that its declaration cannot tell."""
    try:
        field_map(row["fields"])
        located(row["location"] or "", date(2000, 1, 1))
    except ValueError as error:
        return str(error)
    if row["allow_private"] is not None and row["allow_private"].lower() not in YES:
        return f"allow_private is {row['allow_private']!r}; write true or false"
    zone = row["time_zone"] or ""
    return None if _is_zone(zone) else f"{zone!r} is no time zone{meant(zone, available_timezones())}"


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True


def deliveries(paths: Sequence[str], source_id: str | None, night: date, sources: pl.DataFrame) -> list[Delivery]:
    """What to ingest: the paths given, or what every source with a location holds for this night.

    Raises UnknownSource, and FileNotFoundError for a given path that is nothing; a declared location that is nothing
    is the trouble of its source alone.
    """
    if source_id is not None and source_id not in set(sources["source_id"]):
        names = sorted(sources["source_id"])
        raise UnknownSource(f"{source_id!r} is no source{meant(source_id, names)}; known: {', '.join(names)}")
    rows = {str(row["source_id"]): row for row in sources.iter_rows(named=True)}
    if paths:
        return [delivered(rows[source_id or ADHOC], paths)]
    wanted = [rows[name] for name in sorted(rows) if rows[name]["location"] and source_id in (None, name)]
    return [expected(row, located(row["location"], night)) for row in wanted]


def delivered(row: dict[str, Any], paths: Sequence[str]) -> Delivery:
    """What lies at these paths and addresses, on the terms of a source. Raises FileNotFoundError."""
    terms = terms_of(row)
    here = [path.removeprefix("file://") for path in paths if not is_address(path)]
    files = tuple(on_terms(file, terms) for file in (discover(here) if here else ()))
    lists = files if terms.pages_a_night else ()
    return Delivery(str(row["source_id"]), files, tuple(filter(is_address, paths)), terms, lists=lists)


def terms_of(row: dict[str, Any]) -> Terms:
    """What a row of sources says of how its files are fetched and read; a feed that names pages is not how they are read."""
    terms = Terms(**{field.name: row.get(field.name) for field in fields(Terms)})
    return replace(terms, reader=None) if terms.pages_a_night and terms.reader == "feed" else terms


def expected(row: dict[str, Any], path: str) -> Delivery:
    """What a declared source brings; where it brings nothing, the others go on."""
    try:
        found = delivered(row, [path])
    except FileNotFoundError as error:
        return replace(delivered(row, []), trouble=str(error))
    return replace(found, trouble=f"no file there: {path}") if found.is_empty else found


def on_terms(file: InputFile, terms: Terms) -> InputFile:
    """The file, to be read as its source says; one that names pages holds no records of its own."""
    return replace(file, reader=INDEX if terms.pages_a_night else terms.reader, fields=terms.fields)


def is_address(path: str) -> bool:
    """Whether a path is somewhere else: `https://…`, `s3://…`; not a Windows drive and not `file://`."""
    scheme, mark, _ = path.partition("://")
    return bool(mark) and scheme.isalnum() and len(scheme) > 1 and scheme != "file"


def located(location: str, night: date) -> str:
    """The path a location stands for: `{night}` is the date, a path below `seeds/` ships with the product.

    Raises BadSheet.
    """
    try:
        path = location.format(night=night)
    except (ValueError, LookupError, AttributeError) as error:
        raise BadSheet(f"location {location!r} cannot be filled in ({error}); write {{night}}") from None
    if path.startswith("seeds/"):
        return str(seeds.FOLDER / Path(path).relative_to("seeds"))
    return path
