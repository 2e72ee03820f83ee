"""wencang run: one night."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from flows.endings import BLOCKED, BUSY, IO, NO_INPUT, OK, USAGE, Trouble, emit
from flows.lock import Busy, held
from flows.settings import Home, quiet_engines, tonight

if TYPE_CHECKING:
    from flows.night import Outcome


def run(options: argparse.Namespace, home: Home) -> int:
    """Ingest, clean, deduplicate, enrich, check, publish; says in one line what came of it."""
    outcome = one_night(home, options.paths, options.source, options.night or tonight(), options.workers)
    if options.json:
        emit(document(outcome))
    else:
        published(home, outcome)
    print(sentence(outcome), file=sys.stderr)
    rejected = outcome.fates.get("rejected_file", 0)
    return NO_INPUT if rejected and rejected == sum(outcome.fates.values()) else OK


def one_night(home: Home, paths: Sequence[str], source: str | None, night: date, workers: int) -> Outcome:
    """Run one night under the lock. Raises Trouble with the exit code that fits."""
    quiet_engines(home)
    home.make()
    try:
        with held(home.lock, night=str(night)):
            return under_lock(home, paths, source, night, workers)
    except Busy as busy:
        raise Trouble(BUSY, f"{busy}; wait for it, or see `wencang status`") from None


def under_lock(home: Home, paths: Sequence[str], source: str | None, night: date, workers: int) -> Outcome:
    """The night itself, the lock being ours."""
    from flows import sources
    from flows.night import Course, GateClosed, opened
    from flows.nightly import orchestrate
    from warehouse.store import StorageTrouble

    known = sources.declared(home)
    try:
        deliveries = sources.deliveries(paths, source, night, known)
    except sources.UnknownSource as unknown:
        raise Trouble(USAGE, f"{unknown}; add a row to {home.root / 'sources.csv'}") from None
    if not any(d.files for d in deliveries):
        raise Trouble(NO_INPUT, f"no files in {' '.join(paths) or 'any source'}; give a PATH or see sources.csv")
    try:
        with opened(home) as store:
            course = Course(home, night, deliveries, store, known, workers=workers)
            try:
                orchestrate(course, lambda stage: print(f"{stage} …", file=sys.stderr, flush=True))
            except GateClosed as gate:
                course.outcome.state = "blocked"
                course.finish(str(gate))
                raise Trouble(BLOCKED, f"{gate}; readers stay on the last release, see `wencang runs`") from None
            except BaseException as error:
                course.finish(f"{type(error).__name__}: {error}")
                raise
            return course.outcome
    except StorageTrouble as trouble:
        raise Trouble(IO, f"{trouble}; see `wencang doctor`") from None


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


def sentence(outcome: Outcome) -> str:
    """The last line of a run: the release and the counts."""
    if outcome.state == "unchanged":
        return (
            f"Nothing new: {outcome.known_files} of {outcome.files} files were known, "
            f"release {outcome.release_id} stays ({outcome.seconds:.1f} s)."
        )
    told = document(outcome)
    warned = f", {len(outcome.warnings)} warnings" if outcome.warnings else ""
    return (
        f"Release {outcome.release_id}: of {told['records_in']} new records {told['published']} published, "
        f"{told['duplicates']} duplicates, {told['superseded']} superseded, {told['quarantined']} quarantined, "
        f"{told['rejected_files']} files rejected{warned} ({outcome.seconds:.1f} s)."
    )


def published(home: Home, outcome: Outcome) -> None:
    """Show the newest articles and where the warehouse lies."""
    from rich.console import Console
    from rich.table import Table

    from warehouse import sealed, shelf

    reader = sealed.Reader(home.current / shelf.FILE)
    rows = reader.rows(
        "select title_hans, coalesce(outlet, agency, '') as outlet, published_on, script, copy_count"
        " from marts.fct_article order by night desc, published_on desc nulls last, article_key limit 25"
    )
    reader.close()
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("title", "outlet", "published", "script", "copies"):
        table.add_column(name)
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    console = Console()
    console.print(table)
    for warning in outcome.warnings:
        console.print(f"[yellow]warning[/yellow] {warning}", highlight=False)
    console.print(
        f"\nwarehouse  {home.current / shelf.FILE}\nreport     {home.current / 'report.html'}",
        highlight=False,
        soft_wrap=True,
    )
