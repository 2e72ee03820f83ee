"""The deployment: the nightly flow as a schedule, a worker or Prefect's page starts it."""

# Prefect resolves the types of the parameters where this module may not be importable by name: no postponed annotations.

import atexit
import os
import signal
import warnings
from contextlib import ExitStack
from datetime import UTC, date, timedelta
from pathlib import Path
from threading import current_thread, main_thread
from typing import Annotated, Any

import httpx
from prefect import Flow, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import FlowRun
from prefect.runtime import flow_run as at_hand
from prefect.schedules import Cron, Interval, Schedule
from prefect.states import State
from prefect.tasks import exponential_backoff
from prefect.types.entrypoint import EntrypointType
from pydantic import Field

from flows import settings, stopping
from flows.commands.arriving import there
from flows.commands.run import ordered
from flows.conductor import CourseOf, alone, performed
from flows.endings import IO, Trouble, first_line
from flows.engines.crew import Crew
from flows.nightly import JITTER, as_tasks, passing_trouble
from flows.reporting import log, notifications
from flows.reporting.notifications import News
from flows.reporting.progress import shown
from flows.reporting.summary import sentence, summary
from flows.settings import FIRST_NIGHT, LAST_NIGHT, Home, business_date, cores, quiet_engines, tonight

ZONE = "Asia/Shanghai"
# A night someone started by hand may hold the lock: asked again after half a minute, and for an hour at most.
LOCK_RETRIES, LOCK_PAUSE_SECONDS = 6, 30


def title() -> str:
    """The name of a flow run."""
    return f"night {at_hand.parameters.get('night') or scheduled_night()}"


def scheduled_night() -> date:
    """The date in Shanghai a flow run at hand was scheduled for: it may begin when that is over.

    The machine may have been off, or the run before may have taken long; what came for that night lies under its date.
    """
    planned = at_hand.scheduled_start_time
    return business_date(planned.astimezone(UTC).replace(tzinfo=None)) if planned else tonight()


def tell_of_crash(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """A night whose process died cannot tell of it: the runner does. One that was cancelled was stopped."""
    place = settings.home(flow_run.parameters.get("home"))
    is_stopped = state.is_cancelled() or state.is_cancelling() or stopping.asked() is not None
    message = f"{flow_run.name} {state.name or state.type.value}: {state.message or 'its process died'}"
    notifications.send(place, News("stopped" if is_stopped else "died", message), print)


@flow(
    name="nightly",
    flow_run_name=title,
    description="One night: ingest, clean, deduplicate, enrich, check, publish.",
    persist_result=False,
    on_crashed=[tell_of_crash],
    on_cancellation=[tell_of_crash],
)
def nightly(
    home: Path = Path("var"),
    night: Annotated[date | None, Field(ge=FIRST_NIGHT, le=LAST_NIGHT)] = None,
    paths: list[str] | None = None,
    source: str | None = None,
    workers: Annotated[int | None, Field(ge=1, le=1024)] = None,
    keep: Annotated[int | None, Field(ge=1)] = None,
) -> None:
    """One night.

    Args:
        home: Folder the warehouse lives in.
        night: Business date; the one in Shanghai the run was scheduled for if none is given.
        paths: Files, folders or globs; the sources of sources.csv if none are given.
        source: Source the paths belong to, a row of sources.csv.
        workers: Processes for large nights; all cores if not given.
        keep: Nights whose last release stays; all releases if not given.
    """
    place, on = Home(home.resolve()), night or scheduled_night()
    there(paths or [])
    quiet_engines(place)
    if current_thread() is main_thread():
        stopping.listen()
        atexit.register(mute)
    with ExitStack() as stack, shown() as display:
        locking(place, on, stack)

        def order() -> CourseOf:
            return ordered(place, paths or [], source, on, workers or cores(), Crew)

        outcome = performed(place, order, display, as_tasks, keep)
    log.say("run_end", sentence(outcome), **summary(outcome))


def mute() -> None:
    """Engines leave native objects behind whose destructors complain on stderr; nothing of ours is left to say."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def locking(place: Home, night: date, stack: ExitStack) -> None:
    """Take the lock for as long as the stack holds; wait for another run a while. Raises Trouble."""
    lock = task(
        name="lock",
        task_run_name="lock",
        cache_policy=NO_CACHE,
        persist_result=False,
        retries=LOCK_RETRIES,
        retry_delay_seconds=exponential_backoff(LOCK_PAUSE_SECONDS),
        retry_jitter_factor=JITTER,
        retry_condition_fn=passing_trouble,
    )(lambda: stack.enter_context(alone(place, verb="run", night=str(night))))
    lock()


def serve_nightly(place: Home, when: Schedule, keep: int | None) -> None:
    """Register the deployment `nightly/wencang` and serve it until stopped; `keep` as the flow takes it.

    Raises Trouble where Prefect's server does not answer, or no more.
    """
    # On SIGINT Prefect waits for a night at work, which may take hours; on SIGTERM it ends, and we end the night.
    signal.signal(signal.SIGINT, lambda number, frame: signal.raise_signal(signal.SIGTERM))
    # Its own way out on SIGTERM complains of itself.
    warnings.filterwarnings("ignore", message="coroutine 'Runner.astop'")
    try:
        nightly.serve(
            name="wencang",
            schedule=when,
            parameters={"home": str(place.root), "keep": keep},
            tags=["wencang"],
            description=f"The nights of {place.root}",
            print_starting_message=False,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
    except Exception as error:
        if not is_unanswered(error):
            raise
        told = f"the Prefect server at {os.environ.get('PREFECT_API_URL')} does not answer ({first_line(error)})"
        own = place.root / "prefect" / "server.log"
        raise Trouble(IO, f"{told}; see to it and serve again; what one of wencang's own said is in {own}") from None


def is_unanswered(error: BaseException) -> bool:
    """Whether the server is at fault: it could not be asked, or so often that Prefect gave up."""
    if isinstance(error, BaseExceptionGroup):
        return any(map(is_unanswered, error.exceptions))
    return isinstance(error, httpx.HTTPError | httpx.InvalidURL) or "exceeded error threshold" in str(error)


def schedule(cron: str, every: int | None) -> Schedule:
    """By cron in Shanghai time, or every so many seconds. Raises ValueError for a cron that is none."""
    return Interval(timedelta(seconds=every), timezone=ZONE) if every else Cron(cron, timezone=ZONE)
