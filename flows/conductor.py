"""What every verb that writes shares: the lock, the working database, Prefect, progress, and how it may end."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager, redirect_stdout
from typing import TYPE_CHECKING, TypeAlias

from flows import stopping
from flows.collecting import put_off
from flows.endings import BLOCKED, BUSY, IO, USAGE, OutOfHands, Trouble, failure, first_line
from flows.lock import Busy, held
from flows.orchestration import prefect_server
from flows.reporting import log, notifications
from flows.reporting.notifications import News
from flows.reporting.progress import shown
from flows.reporting.wording import counted
from flows.settings import Home, cramped, quiet_engines
from warehouse import shelf

if TYPE_CHECKING:
    from flows.night import Course, Outcome
    from flows.nightly import Display, Through
    from warehouse.store import Store

CourseOf: TypeAlias = "Callable[[Store], Course]"


@contextmanager
def alone(home: Home, **about: str) -> Generator[None]:
    """Nobody else writes to the home meanwhile. Raises Trouble at once if somebody does."""
    home.make()
    try:
        with held(home.lock, **about):
            yield
    except Busy as busy:
        raise Trouble(BUSY, f"{busy}; wait for it, or see `wencang status`") from None


def conduct(home: Home, order: Callable[[], CourseOf], keep: int | None = None) -> Outcome:
    """Run what is ordered as a flow run of its own; the lock is ours. `keep`: nights whose releases stay, None for all.

    Raises Trouble with the exit code that fits, Stopped if someone outside ended the run.
    """
    stopping.handle()
    quiet_engines(home)
    if (allowed := cramped()) is not None:
        log.say("warning", f"ulimit -v leaves {allowed >> 20} MiB of address space: if nothing follows, lift it")
    # Stdout is for the answer alone: a cluster prints there whose worker died.
    with redirect_stdout(sys.stderr), stopping.told(), prefect_server.at_hand() as server, shown() as display:
        stopping.listen()
        with put_off():
            from flows.nightly import flow_of_its_own

        return performed(home, order, display, flow_of_its_own(server), keep)


def performed(
    home: Home, order: Callable[[], CourseOf], display: Display, through: Through, keep: int | None = None
) -> Outcome:
    """Run what is ordered on the working database, and tell whoever wants to know how it ended.

    `order` looks at the input before anything is made. Raises and keeps as `conduct` does.
    """
    from flows.night import GateClosed
    from flows.nightly import orchestrate
    from flows.publication import Fenced
    from flows.work import opened
    from warehouse.layout import TooNew

    with announced(home, display):
        course_of = order()
        try:
            with opened(home) as store:
                course = course_of(store)
                with booked(course):
                    orchestrate(course, display, through)
        except TooNew as new:
            raise Trouble(USAGE, f"{new}; install the wencang that wrote it, or name another --home") from None
        except GateClosed as gate:
            raise Trouble(BLOCKED, f"{gate}; readers stay on the last release, see `wencang runs`") from None
        except Fenced as fenced:
            raise Trouble(BUSY, f"{fenced}; see `wencang releases`, then run again") from None
        except OutOfHands as lost:
            raise Trouble(IO, f"{lost}; {free(home)}") from None
        except OSError as error:
            stopping.raise_if_asked()
            raise Trouble(IO, f"{failure(error)}; {free(home)}; see `wencang doctor`, then run again") from error
    if keep is not None:
        thin(home, keep, display)
    for warning in course.outcome.warnings:
        display.warn(warning)
    notifications.send(home, News.of_run(course.outcome), display.warn)
    return course.outcome


def thin(home: Home, keep: int, display: Display) -> None:
    """Remove releases of older nights; that it cannot be done costs no night."""
    current = shelf.current_id(home.current)
    if current is None:
        return
    try:
        removed, _ = shelf.prune(home.releases, current, keep)
    except OSError as error:
        display.warn(f"old releases stay ({failure(error)}); see `wencang gc`")
    else:
        if removed:
            log.say("pruned", f"removed {counted(len(removed), 'release')} of older nights", removed=removed)


@contextmanager
def announced(home: Home, display: Display) -> Generator[None]:
    """Tell of every ending that is not as it should be."""
    try:
        yield
    except BaseException as error:
        notifications.send(home, News.of_trouble(error), display.warn)
        raise


@contextmanager
def booked(course: Course) -> Generator[None]:
    """Write into ops.runs how the course ended, if the disk still lets us."""
    from flows.night import GateClosed

    try:
        yield
    except BaseException as error:
        stop = stopping.asked()
        if isinstance(error, GateClosed):
            course.outcome.state = "blocked"
        try:
            course.finish(first_line(stop or error))
        except Exception as trouble:
            error.add_note(f"and the end of the run could not be booked: {trouble}")
        if stop is not None:
            raise stop from None
        raise


def free(home: Home) -> str:
    """How much room there is, in words."""
    return f"{shutil.disk_usage(home.root).free >> 20} MiB free at {home.root}"
