"""The night as a Prefect flow: one task a stage, named as the timetable names it."""

from __future__ import annotations

from collections.abc import Callable

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.night import Course

Told = Callable[[str], None]


def orchestrate(course: Course, tell: Told) -> None:
    """Run the steps of a night under Prefect; `tell` hears the name of each stage as it begins."""

    @flow(
        name="nightly",
        flow_run_name=f"night {course.outcome.night} {course.outcome.run_id}",
        validate_parameters=False,
        persist_result=False,
    )
    def nightly() -> None:
        for name, step in course.steps():
            tell(name)
            task(name=name, cache_policy=NO_CACHE, persist_result=False)(step)()

    nightly()
