"""wencang status, runs: how things stand, without touching what a run is writing."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from flows import lock, settings
from flows.endings import OK, emit
from flows.reporting.wording import counted, listed
from flows.settings import Home
from warehouse import sealed, shelf


def status(options: argparse.Namespace, home: Home) -> int:
    """Last release, freshness, running run, counts, warnings."""
    told = standing(home)
    if options.json:
        emit(told)
        return OK
    if told["release_id"] is None:
        print(f"{home.root}: nothing is published yet, `wencang run` is the first night")
    else:
        built = f"built {to_seconds(told['built_at_utc'])} UTC, {told['age_hours']} h ago"
        judged, warned = (told["expectations"][name] for name in ("judged", "warned"))
        print(f"release    {told['release_id']}  night {told['night']}, {built}")
        print(f"articles   {told['articles']:,}")
        print(f"records    {listed(told['fates'])}")
        print(f"checks     {judged} judged, {counted(warned, 'warning')}{', see `wencang report`' if warned else ''}")
    if last := told["last_run"]:
        why = f": {last['message']}" if last.get("message") else ""
        began = f"began {to_seconds(last['started_at_utc'])} UTC"
        print(f"last run   {last['run_id']} {last['state']}, {began}{warned_of(last)}{why}")
        for warning in last["warnings"]:
            print(f"warning    {warning}")
    running = told["running"]
    print("running    " + (lock.named(running) if running else "no run at work"))
    return OK


def standing(home: Home) -> dict[str, Any]:
    """What `status --json` prints."""
    running = lock.holder(home.lock)
    current = shelf.current_id(home.current)
    rows = run_rows(home)
    told: dict[str, Any] = {
        "home": str(home.root),
        "release_id": current,
        "running": running,
        "last_run": rows[-1] if rows else None,
        "articles": 0,
    }
    if current is not None:
        manifest = shelf.manifest(home.releases / current)
        told |= {k: manifest[k] for k in ("night", "built_at_utc", "fates", "expectations", "code_version")}
        told["articles"] = manifest["tables"]["marts.fct_article"]["rows"]
        built = datetime.fromisoformat(manifest["built_at_utc"])
        told["age_hours"] = round((settings.now_utc() - built).total_seconds() / 3600, 1)
    return told


def to_seconds(moment: object) -> str:
    """A moment as people read it, without its fractions."""
    return str(moment).partition(".")[0]


def warned_of(run: Mapping[str, Any]) -> str:
    """`, 12 warnings` behind a run that warned, else nothing."""
    return f", {counted(len(run['warnings']), 'warning')}" if run["warnings"] else ""


def runs(options: argparse.Namespace, home: Home) -> int:
    """Every run so far: from the working database, or from the release while a run holds it."""
    rows = run_rows(home)
    if options.json:
        emit(rows)
        return OK
    for row in rows:
        message = f"  {row['message']}" if row.get("message") else ""
        release = f"{row['release_id'] or ''}{warned_of(row)}"
        print(f"{row['run_id']}  night {row['night']}  {row['state']:<9}  {release}{message}")
    if not rows:
        print(f"no runs in {home.root} yet")
    return OK


def run_rows(home: Home) -> list[dict[str, Any]]:
    """Runs, oldest first, each with the list of its `warnings`; one that died is never called running."""
    busy = lock.holder(home.lock) is not None
    rows: list[dict[str, Any]] = []
    if not busy and home.work.exists():
        try:
            rows = rows_of(home.work, "ops.runs")
        except sealed.Unreadable:
            # By now one may have begun.
            busy = lock.holder(home.lock) is not None
            if not busy:
                raise
    if (busy or not home.work.exists()) and (release := home.current / shelf.FILE).exists():
        rows = rows_of(release, "meta.run")
    for row in rows:
        row |= {"message": row.get("message"), "warnings": (row.get("warnings") or "").splitlines()}
        if row["state"] == "running" and not busy:
            row["state"] = "died"
    return rows


def rows_of(path: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table of runs, by the columns there are: what an earlier version wrote has fewer."""
    reader = sealed.Reader(path)
    try:
        # In the order in which they were booked: clocks are set back.
        return reader.rows(f"from {table} order by rowid")
    finally:
        reader.close()
