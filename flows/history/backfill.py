"""The nights of past dates as one course: each is taken in with its own date, then all go through the timetable.

A file is known by its name and bytes, and a finished chunk is finished: begun again after any ending, only what was
not done is done. The tables are those of the nights run one by one in any order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from time import perf_counter

import polars as pl

from flows.intake import ingest
from flows.intake.delivery import Delivery
from flows.intake.ingest import Arrival
from flows.night import Course
from flows.runner import StageReport
from flows.settings import Home, cores
from transforms.tables import raw
from warehouse.store import Store


@dataclass(slots=True)
class PastNight:
    """One date, what was found for it, and what came of that."""

    night: date
    deliveries: Sequence[Delivery]
    arrival: Arrival | None = None

    @property
    def file_count(self) -> int:
        """Files and addresses found for the night."""
        return sum(len(delivery.files) + len(delivery.addresses) for delivery in self.deliveries)


class Backfill(Course):
    """A course over many nights."""

    def __init__(
        self,
        home: Home,
        night: date,
        nights: Sequence[PastNight],
        store: Store,
        sources: pl.DataFrame,
        *,
        workers: int | None = None,
    ):
        """`nights` in order; the release bears the date `night`."""
        super().__init__(home, night, (), store, sources, workers=workers or cores())
        self.nights = nights

    def ingest(self) -> None:
        """Take in every night under its own date."""
        total, started = StageReport(ingest.STAGE), perf_counter()
        for position, past in enumerate(self.nights, 1):
            context = replace(self.context, night=past.night)
            past.arrival = ingest.ingest(past.deliveries, context, self.home.archive, self.started_at_utc)
            self.outcome.files += past.arrival.files
            self.outcome.known_files += past.arrival.known_files
            self.outcome.warnings += past.arrival.warnings
            self.outcome.silent_sources += past.arrival.silent_sources
            for count in ("rows_in", "rows_out", "quarantined"):
                setattr(total, count, getattr(total, count) + getattr(past.arrival.report, count))
            note = f"night {past.night}, {position} of {len(self.nights)}"
            self.context.progress(ingest.STAGE, position / len(self.nights), note)
        total.seconds = perf_counter() - started
        self.close_stage(total, raw.Record)


def days(first: date, last: date) -> list[date]:
    """Every date from `first` to `last`, both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
