"""wencang run: one night."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from flows.commands.arriving import declared, delivered, nothing_in, there, unmixed
from flows.commands.current import no_runs_yet, reading, warehouse
from flows.conductor import CourseOf, alone, conduct
from flows.endings import NO_INPUT, OK, USAGE, Trouble, emit
from flows.reporting import log
from flows.reporting.summary import document, sentence, summary
from flows.reporting.wording import show
from flows.settings import Home, tonight

if TYPE_CHECKING:
    from flows.engines.engine import Hire
    from flows.night import Course, Outcome
    from warehouse.store import Store


def run(options: argparse.Namespace, home: Home) -> int:
    """Ingest, clean, deduplicate, enrich, check, publish; says in one line what came of it."""
    outcome = everything_again(home, options) if options.rebuild else one_night(home, options)
    return tell(options, home, outcome)


def everything_again(home: Home, options: argparse.Namespace) -> Outcome:
    """Reprocess every night from the archive under the rules of today. Raises Trouble."""
    if options.paths or options.source or options.night:
        raise Trouble(USAGE, "--rebuild takes what is in the archive: no PATH, --source or --night with it")
    if not home.work.exists():
        raise no_runs_yet(home)

    def order() -> CourseOf:
        from flows.history.rebuild import Rebuild

        known = declared(home)
        return lambda store: Rebuild(home, store, known, options.workers)

    with alone(home, verb="run --rebuild"):
        return conduct(home, order, options.keep)


def one_night(home: Home, options: argparse.Namespace) -> Outcome:
    """Run one night under the lock. Raises Trouble with the exit code that fits."""
    there(options.paths)
    night, engine = options.night or tonight(), hired(options, home)

    def order() -> CourseOf:
        return ordered(home, options.paths, options.source, night, options.workers, engine)

    with alone(home, verb="run", night=str(night)):
        return conduct(home, order, options.keep)


def ordered(home: Home, paths: Sequence[str], source: str | None, night: date, workers: int, engine: Hire) -> CourseOf:
    """The course of a night over what has arrived. Raises Trouble if nothing has."""
    from flows.night import Course

    known, found = declared(home), delivered(home, paths, source, night)
    if all(delivery.is_empty for delivery in found):
        raise Trouble(NO_INPUT, nothing_in(found, paths))

    def course(store: Store) -> Course:
        if not (paths or source):
            unmixed(home, store)
        return Course(home, night, found, store, known, workers=workers, engine=engine)

    return course


def hired(options: argparse.Namespace, home: Home) -> Hire:
    """The engine that is asked for. Raises Trouble if it is not there."""
    from flows.engines.engine import NoEngine, hire

    try:
        return hire(options.engine, home.root, options.exchange)
    except NoEngine as missing:
        raise Trouble(USAGE, str(missing)) from None


def tell(options: argparse.Namespace, home: Home, outcome: Outcome) -> int:
    """Say what a run came to; the exit code."""
    if options.json:
        emit(document(outcome))
    else:
        published(home, outcome)
    log.say("run_end", sentence(outcome), **summary(outcome))
    rejected = outcome.fates.get("rejected_file", 0)
    return NO_INPUT if rejected and rejected == sum(outcome.fates.values()) else OK


def published(home: Home, outcome: Outcome) -> None:
    """Show the newest articles and where the warehouse lies."""
    from warehouse.store import sql

    with reading(home) as reader:
        rows = reader.rows(sql("ask/newest"))
    if rows:
        show(rows)
    print(f"\nwarehouse  {warehouse(home)}\nreport     {home.current / 'report.html'}")
