"""wencang backfill: the nights of past dates."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from flows.commands.arriving import declared, not_of
from flows.conductor import CourseOf, alone, conduct
from flows.endings import NO_INPUT, OK, USAGE, Trouble, emit
from flows.reporting import log
from flows.reporting.summary import document, sentence, summary
from flows.reporting.wording import counted
from flows.settings import Home
from warehouse import shelf

if TYPE_CHECKING:
    import polars as pl

    from flows.history.backfill import PastNight
    from flows.intake.delivery import Delivery

MARK = "{night"


def backfill(options: argparse.Namespace, home: Home) -> int:
    """Take in every date from `--from` to `--to`, then work through what is new; says what each night brought."""
    if options.first > options.last:
        raise Trouble(USAGE, f"--from {options.first} is after --to {options.last}; see `wencang backfill --help`")
    for path in options.paths:
        placed(path, options.first)
    nights: list[PastNight] = []

    def order() -> CourseOf:
        from flows.history.backfill import Backfill

        nights.extend(past_nights(home, options))
        known, night = declared(home), max(options.last, newest_night(home))
        return lambda store: Backfill(home, night, nights, store, known)

    with alone(home, verb="backfill", night=f"{options.first}..{options.last}"):
        outcome = conduct(home, order)
    if options.json:
        emit(document(outcome) | {"nights": [row(past) for past in nights]})
    else:
        print("\n".join(told(nights, options.first, options.last)))
    log.say("run_end", sentence(outcome), **summary(outcome))
    return OK


def told(nights: Sequence[PastNight], first: date, last: date) -> Iterator[str]:
    """A line for each date, also for one that brought no files."""
    from flows.history.backfill import days

    brought = {past.night: row(past) for past in nights}
    for night in days(first, last):
        if came := brought.get(night):
            files, records = counted(came["files"], "file"), counted(came["records"], "new record")
            yield f"{night}  {files}, {came['known_files']} known, {records}"
        else:
            yield f"{night}  no files"


def past_nights(home: Home, options: argparse.Namespace) -> list[PastNight]:
    """Each night that has files. Raises Trouble if none has."""
    from flows.history.backfill import PastNight, days

    places, known = places_of(home, options), declared(home)
    found = [
        PastNight(night, not_of(home, arrived(places, night, known))) for night in days(options.first, options.last)
    ]
    found = [past for past in found if past.file_count]
    if not found:
        raise Trouble(NO_INPUT, f"no files for any night from {options.first} to {options.last}; check the PATH")
    return found


def places_of(home: Home, options: argparse.Namespace) -> dict[str, list[str]]:
    """{source: paths that differ from night to night}: those given, else the locations of sources.csv. Raises Trouble."""
    from flows.intake.sources import ADHOC

    known = declared(home)
    if options.source is not None and options.source not in set(known["source_id"]):
        raise Trouble(USAGE, f"{options.source!r} is no source; add a row to {home.root / 'sources.csv'}")
    if options.paths:
        return {options.source or ADHOC: options.paths}
    rows = known.filter(known["location"].str.contains(MARK, literal=True).fill_null(False)).sort("source_id")
    found = {
        str(name): [str(place)]
        for name, place in rows.select("source_id", "location").iter_rows()
        if options.source in (None, name)
    }
    if not found:
        raise Trouble(USAGE, f"no source of {home.root} has {{night}} in its location; give a PATH that has")
    return found


def arrived(places: Mapping[str, Sequence[str]], night: date, known: pl.DataFrame) -> list[Delivery]:
    """What there is for one night; a night that brought nothing has no file."""
    from flows.intake.sources import expected

    rows = {str(row["source_id"]): row for row in known.iter_rows(named=True)}
    found = [expected(rows[source], placed(path, night)) for source, paths in places.items() for path in paths]
    return [delivery for delivery in found if not delivery.is_empty]


def placed(path: str, night: date) -> str:
    """The path of one night. Raises Trouble if the path is the same for all, or its form cannot be understood."""
    try:
        written = path.format(night=night)
    except (ValueError, LookupError, AttributeError) as error:
        raise Trouble(USAGE, f"{path!r} cannot be filled in ({error}); write {{night}} or {{night:%Y%m%d}}") from None
    if written == path:
        raise Trouble(USAGE, f"{path!r} is the same for every night; put {{night}} where the date stands")
    return written


def newest_night(home: Home) -> date:
    """The night of the release readers see, a date before all others if there is none."""
    folder = shelf.current_folder(home.current)
    return date.min if folder is None else date.fromisoformat(shelf.manifest(folder)["night"])


def row(past: PastNight) -> dict[str, Any]:
    """What one night came to."""
    arrival = past.arrival
    return {
        "night": str(past.night),
        "files": past.file_count,
        "known_files": arrival.known_files if arrival else 0,
        "records": arrival.report.rows_in if arrival else 0,
    }
