"""The night as a Prefect flow: one task a stage, named as the timetable names it; tables of it as artifacts."""

from __future__ import annotations

import contextlib
import importlib
import threading
from collections.abc import Callable
from typing import Any, Protocol

from flows.endings import first_line
from flows.night import Course, Step
from flows.prefect_server import NotReady, Server
from flows.progress import line
from flows.runner import StageReport


class Display(Protocol):
    """Who is told how far a night is."""

    def begin(self, stage: str) -> None:
        """A stage begins."""
        ...

    def end(self, report: StageReport) -> None:
        """A stage is done."""
        ...

    def warn(self, message: str) -> None:
        """Something people should know."""
        ...


def orchestrate(course: Course, server: Server | NotReady | None, display: Display) -> None:
    """Run the steps of a night under Prefect, which keeps a record and decides nothing.

    Where Prefect fails, the steps that are left run without it. An exception of a step is raised as it is.
    """
    left, broken = list(course.steps()), list[BaseException]()

    def run(step: Step) -> None:
        name, work = step
        display.begin(name)
        try:
            work()
        except BaseException as error:
            broken.append(error)
            raise
        left.remove(step)
        display.end(course.outcome.stages[-1])

    try:
        ready(server)
        flow_run(course, list(left), run)
    except Exception as error:
        if not broken:
            display.warn(f"no record in Prefect ({first_line(error)}); the night does not depend on it")
    if broken:
        raise broken[0]
    for step in list(left):
        run(step)


def ready(server: Server | NotReady | None) -> None:
    """Import the engines while the server comes up. Raises NotReady."""
    if isinstance(server, NotReady):
        raise server
    importlib.import_module("prefect")
    if server is not None:
        threading.Thread(target=import_judge, daemon=True).start()
        server.wait()


def import_judge() -> None:
    """Great Expectations takes seconds to import, and the first stage will ask for it."""
    # Whoever needs it imports it again and sees what is wrong.
    with contextlib.suppress(Exception):
        importlib.import_module("expectations.judge")


def flow_run(course: Course, steps: list[Step], run: Callable[[Step], None]) -> None:
    """One flow run for the night, one task run a step."""
    from prefect import flow, task
    from prefect.cache_policies import NO_CACHE
    from prefect.logging import get_run_logger

    @flow(
        name="nightly",
        flow_run_name=f"night {course.outcome.night} {course.outcome.run_id}",
        description="One night: ingest, clean, deduplicate, enrich, check, publish.",
        validate_parameters=False,
        persist_result=False,
    )
    def nightly() -> None:
        log = get_run_logger()
        for step in steps:
            task(name=step[0], task_run_name=step[0], cache_policy=NO_CACHE, persist_result=False)(run)(step)
            log.info(line(course.outcome.stages[-1]))
        leave_artifacts(course)

    nightly()


def leave_artifacts(course: Course) -> None:
    """Tables of the stages and of what was held back, and the way to the report."""
    from prefect.artifacts import create_markdown_artifact, create_table_artifact

    create_table_artifact(table=stage_table(course), key="stages", description="What each stage did")
    create_table_artifact(table=quarantine_table(course), key="quarantine", description="Rows held back this night")
    place = course.home.releases / str(course.outcome.release_id)
    create_markdown_artifact(
        markdown=f"[report of {place.name}]({(place / 'report.html').as_uri()})\n\n`{place / 'warehouse.duckdb'}`\n",
        key="report",
        description=f"Release {place.name}, {course.outcome.state}",
    )


def stage_table(course: Course) -> list[dict[str, Any]]:
    """One row a stage."""
    columns = ("stage", "rows_in", "rows_out", "quarantined")
    return [
        {name: getattr(report, name) for name in columns} | {"seconds": round(report.seconds, 2)}
        for report in course.outcome.stages
    ]


def quarantine_table(course: Course) -> list[dict[str, Any]]:
    """One row per stage, reason and source of this night."""
    rows = course.store.rows(
        "select stage, reason_code, source_id, count(*) from ops.quarantine where night = $night group by all order by all",
        {"night": course.outcome.night},
    )
    return [dict(zip(("stage", "reason_code", "source_id", "rows"), row, strict=True)) for row in rows]
