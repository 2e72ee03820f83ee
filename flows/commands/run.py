"""wencang run: one night."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from flows.commands.current import no_runs_yet, reading, warehouse
from flows.conductor import CourseOf, alone, conduct
from flows.endings import NO_INPUT, OK, USAGE, Trouble, emit, first_line
from flows.reporting import log
from flows.reporting.wording import counted, show
from flows.settings import Home, tonight

if TYPE_CHECKING:
    import polars as pl

    from flows.engines.engine import Hire
    from flows.intake.delivery import Delivery
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


def unmixed(home: Home, store: Store) -> None:
    """Fail where the sample articles, read for want of a sources.csv, would come among other articles. Raises Trouble."""
    if store.rows("select 1 from raw.files where source_id <> 'sample' limit 1"):
        refuse_samples(home)


def refuse_samples(home: Home) -> None:
    """Fail where the sample articles would be read for want of a sources.csv. Raises Trouble."""
    if not (home.root / "sources.csv").exists():
        raise Trouble(
            NO_INPUT,
            f"{home.root} has no sources.csv, and the sample articles do not belong among what it holds; "
            "give a PATH, or write one",
        )


def nothing_in(found: Sequence[Delivery], paths: Sequence[str]) -> str:
    """Where nothing was found to read, and what can be done."""
    missing = "".join(f"; source {delivery.source_id}: {delivery.trouble}" for delivery in found if delivery.trouble)
    return f"no files in {' '.join(paths) or 'any source'}{missing}; give a PATH or see sources.csv"


def hired(options: argparse.Namespace, home: Home) -> Hire:
    """The engine that is asked for. Raises Trouble if it is not there."""
    from flows.engines.engine import NoEngine, hire

    try:
        return hire(options.engine, home.root, options.exchange)
    except NoEngine as missing:
        raise Trouble(USAGE, str(missing)) from None


def is_address(path: str) -> bool:
    """Whether a PATH is on a network. The engines behind sources are imported for nothing less."""
    from flows.intake import sources

    return sources.is_address(path)


def there(paths: Sequence[str]) -> None:
    """Fail before anything is begun for a path that is nothing. Raises Trouble."""
    for path in paths:
        if not (os.path.lexists(path) or set("*?[{") & set(path) or is_address(path)):
            raise Trouble(NO_INPUT, f"no such file or folder: {path}; check the spelling, or give a glob in quotes")


def declared(home: Home) -> pl.DataFrame:
    """The sources of this home. Raises Trouble if its sources.csv or furniture.csv cannot be understood."""
    from flows import furniture
    from flows.intake import sources
    from flows.sheets import BadSheet

    file = furniture.FILE
    try:
        furniture.declared(home)
        file = "sources.csv"
        return sources.declared(home)
    except (BadSheet, OSError) as error:
        raise Trouble(
            USAGE, f"{home.root / file} cannot be read: {first_line(error, 400)}; mend or remove it"
        ) from None


def delivered(home: Home, paths: Sequence[str], source: str | None, night: date) -> list[Delivery]:
    """The files of a night. Raises Trouble."""
    from flows.intake import sources

    try:
        return sources.deliveries(paths, source, night, declared(home))
    except sources.UnknownSource as unknown:
        raise Trouble(USAGE, f"{unknown}; add a row to {home.root / 'sources.csv'}") from None


def tell(options: argparse.Namespace, home: Home, outcome: Outcome) -> int:
    """Say what a run came to; the exit code."""
    if options.json:
        emit(document(outcome))
    else:
        published(home, outcome)
    log.say("run_end", sentence(outcome), **summary(outcome))
    rejected = outcome.fates.get("rejected_file", 0)
    return NO_INPUT if rejected and rejected == sum(outcome.fates.values()) else OK


def document(outcome: Outcome) -> dict[str, Any]:
    """What `run --json` prints."""
    fates = outcome.fates
    return {
        "release_id": outcome.release_id,
        "run_id": outcome.run_id,
        "night": str(outcome.night),
        "state": outcome.state,
        "published": fates.get("published", 0),
        "duplicates": fates.get("duplicate", 0),
        "quarantined": fates.get("quarantined", 0),
        "rejected_files": fates.get("rejected_file", 0),
        "superseded": fates.get("superseded", 0),
        "records_in": sum(fates.values()),
        "known_files": outcome.known_files,
        "totals": outcome.totals,
        "warnings": outcome.warnings,
        "seconds": round(outcome.seconds, 3),
        "stages": [
            {
                "stage": stage.stage,
                "rows_in": stage.rows_in,
                "rows_out": stage.rows_out,
                "quarantined": stage.quarantined,
                "seconds": round(stage.seconds, 3),
            }
            for stage in outcome.stages
        ],
    }


def summary(outcome: Outcome) -> dict[str, Any]:
    """What the last line of a log tells of a run besides its sentence."""
    return {name: told for name, told in document(outcome).items() if name not in ("stages", "warnings", "totals")}


def sentence(outcome: Outcome) -> str:
    """The last line of a run: the release and the counts."""
    warned = f", {counted(len(outcome.warnings), 'warning')}" if outcome.warnings else ""
    if outcome.state == "unchanged":
        # What is refused is read again each night, as a later version might take it.
        refused = outcome.files - outcome.known_files
        again = f", {refused:,} rejected as before" if refused else ""
        return (
            f"Nothing new: {outcome.known_files:,} of {counted(outcome.files, 'file')} were known{again}{warned}, "
            f"release {outcome.release_id} stays ({outcome.seconds:.1f} s)."
        )
    fates = outcome.fates or outcome.totals
    told = document(replace(outcome, fates=fates))
    of = counted(told["records_in"], "new record" if outcome.fates else "known record")
    return (
        f"Release {outcome.release_id}: of {of} {told['published']:,} published, "
        f"{counted(told['duplicates'], 'duplicate')}, {told['superseded']:,} superseded, "
        f"{told['quarantined']:,} quarantined, {counted(told['rejected_files'], 'file')} rejected{warned} "
        f"({outcome.seconds:.1f} s)."
    )


def published(home: Home, outcome: Outcome) -> None:
    """Show the newest articles and where the warehouse lies."""
    from warehouse.store import sql

    with reading(home) as reader:
        rows = reader.rows(sql("ask/newest"))
    if rows:
        show(rows)
    print(f"\nwarehouse  {warehouse(home)}\nreport     {home.current / 'report.html'}")
