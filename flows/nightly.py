"""The night as a Prefect flow: one task a stage, named as the timetable names it. Prefect records, it decides nothing."""

from __future__ import annotations

import contextlib
import importlib
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from flows import stopping
from flows.collecting import put_off
from flows.endings import first_line
from flows.night import Course, Step
from flows.orchestration import artifacts
from flows.orchestration.prefect_server import NotReady, Server
from flows.reporting.progress import line
from flows.retrying import passes_with_time
from flows.runner import StageReport

if TYPE_CHECKING:
    from prefect.tasks import Task

Run: TypeAlias = Callable[[Step], None]
# How Prefect is told of the steps: it calls `run` with each of them, in order.
Through: TypeAlias = Callable[[Course, Sequence[Step], Run], None]

# A source on a network may answer the next time; nothing else of a night gets better by being tried again.
RETRIED = "ingest"
RETRY_SECONDS, JITTER = [5.0, 20.0, 60.0], 0.5


class Display(Protocol):
    """Who is told how far a night is."""

    def begin(self, stage: str) -> None:
        """A stage begins."""
        ...

    def share(self, stage: str, done: float, note: str = "") -> None:
        """So much of the stage, 0..1, is done."""
        ...

    def end(self, report: StageReport) -> None:
        """A stage is done."""
        ...

    def warn(self, message: str) -> None:
        """Something people should know."""
        ...


def orchestrate(course: Course, display: Display, through: Through) -> None:
    """Run the steps of a night under Prefect. Where Prefect fails, the steps that are left run without it.

    An exception of a step is raised as it is.
    """
    left, broken = list(course.steps()), list[BaseException]()

    def run(step: Step) -> None:
        name, work = step
        broken.clear()
        display.begin(name)
        try:
            work()
        except BaseException as error:
            broken.append(error)
            raise
        left.remove(step)
        display.end(course.outcome.stages[-1])

    course.context.progress = display.share
    try:
        through(course, list(left), run)
    except Exception as error:
        if not broken:
            display.warn(f"no record in Prefect ({first_line(error)}); the night does not depend on it")
    if broken:
        raise broken[0]
    for step in list(left):
        run(step)


def flow_of_its_own(server: Server | NotReady | None) -> Through:
    """One flow run for the night, begun here, on the server given or on the one PREFECT_API_URL names.

    A server of the night's own ends with it: nothing is told there that only someone who looks later would see.
    """
    is_seen = server is None

    def through(course: Course, steps: Sequence[Step], run: Run) -> None:
        ready(server)
        from prefect import flow, tags

        @flow(
            name="nightly",
            flow_run_name=f"night {course.outcome.night} {course.outcome.run_id}",
            description="One night: ingest, clean, deduplicate, enrich, check, publish.",
            validate_parameters=False,
            persist_result=False,
        )
        def nightly(home: str, night: str) -> None:
            # Prefect puts its own handler of SIGTERM in; what that raises inside a query comes out as the engine's error.
            stopping.handle()
            if is_seen:
                as_tasks(course, steps, run)
            else:
                as_bare_tasks(steps, run)

        # Prefect asks its server twice for every tag of every task whether it is a limit.
        with tags(*["wencang"] if is_seen else []):
            nightly(home=str(course.home.root), night=str(course.outcome.night))

    return through


def ready(server: Server | NotReady | None) -> None:
    """Import the engines while the server comes up. Raises NotReady."""
    if isinstance(server, NotReady):
        raise server
    with put_off():
        importlib.import_module("prefect")
    threading.Thread(target=import_judge, daemon=True).start()
    if server is not None:
        server.wait()


def import_judge() -> None:
    """Great Expectations takes seconds to import, and the first stage will ask for it."""
    # Whoever needs it imports it again and sees what is wrong.
    with contextlib.suppress(Exception), put_off():
        importlib.import_module("expectations.judge")


def as_tasks(course: Course, steps: Sequence[Step], run: Run) -> None:
    """One task run a step in the flow run at hand, then the artifacts of the night."""
    from prefect.logging import get_run_logger

    log = get_run_logger()
    course.context.progress = artifacts.with_progress(course.context.progress)
    for step in steps:
        task_of(step[0], course)(run)(step)
        log.info(line(course.outcome.stages[-1]))
    artifacts.leave(course)


def as_bare_tasks(steps: Sequence[Step], run: Run) -> None:
    """One task run a step in the flow run at hand, and nothing beside."""
    from prefect import task

    for step in steps:
        task(**options(step[0]))(run)(step)


def task_of(name: str, course: Course) -> Callable[[Run], Task[[Step], None]]:
    """The task of a step. Publishing materialises every table of the release as an asset."""
    from prefect import task
    from prefect.assets import materialize

    told: dict[str, Any] = options(name) | {"tags": [f"writes {table}"] if (table := course.writes(name)) else []}
    if name == "publish" and course.needs_release():
        return materialize(*artifacts.assets(course.home), by="wencang", **told)
    return task(**told)


def options(name: str) -> dict[str, Any]:
    """The options every task of a step has."""
    from prefect.cache_policies import NO_CACHE

    told = {"name": name, "task_run_name": name, "cache_policy": NO_CACHE, "persist_result": False}
    return told | retrying(name)


def retrying(name: str) -> dict[str, Any]:
    """The options of a task that is tried again, none for the others."""
    if name != RETRIED:
        return {}
    return {
        "retries": len(RETRY_SECONDS),
        "retry_delay_seconds": RETRY_SECONDS,
        "retry_jitter_factor": JITTER,
        "retry_condition_fn": passing_trouble,
    }


def passing_trouble(task: object, run: object, state: Any) -> bool:
    """Whether a failed task had a trouble that passes with time."""
    return passes_with_time(state.result(raise_on_failure=False))
