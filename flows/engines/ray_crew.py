"""Work on the chunks on a Ray cluster, or on a Ray of our own on this machine. The only home of Ray.

Frames cross as Parquet files of the exchange, so this process holds one chunk at a time and Ray's object store hardly
anything. A task reads and writes files under new names: doing it again after its worker died is harmless.
"""

from __future__ import annotations

import importlib
import os
import platform
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from importlib.metadata import version
from typing import Any, TypeVar

import polars as pl

import seeds
from flows.chunk import Frames, Part, Parts, through
from flows.endings import OutOfHands, first_line
from flows.engines import deadly
from flows.engines.deadly import WorkerLost
from flows.engines.exchange import Exchange
from flows.intake.guard import Guard
from flows.pipeline import PIPELINE, Stage
from flows.settings import share_cores

Result = TypeVar("Result")

# Times a task is done again after a worker or machine died under it.
RETRIES = 3
# Little goes through Ray's own store of objects: names of files and a few seed tables.
STORE_BYTES = 128 << 20


class RayCrew:
    """Tasks on Ray, called by the first chunk: on the cluster RAY_ADDRESS names, else on `size` processes here."""

    def __init__(self, size: int, known: dict[str, pl.DataFrame], *, exchange: Exchange):
        """`known` are the seed tables of this run that are not those shipped."""
        self.size, self.exchange = size, exchange
        self.given = dict(known)
        self.ray: Any = None

    def worth(self, chunks: int) -> bool:
        """Whoever names this engine wants it used."""
        return chunks > 0

    def cluster(self) -> RayCrew:
        """This engine does the joins over all documents."""
        return self

    def results(self, stages: Sequence[Stage], chunks: Iterable[Frames]) -> Iterator[Parts]:
        """What each chunk comes to in each of the stages, in order; one Ray gave up is done in parts. Raises WorkerLost."""
        for names, parts in self.tried(stages, chunks):
            if parts is None:
                parts = deadly.survived(stages, [self.exchange.read(name) for name in names], self.attempted)
            yield parts
            self.exchange.drop(names)

    def attempted(self, stages: Sequence[Stage], frames: Frames) -> Parts | None:
        """The rows of a chunk; None if its workers died until Ray gave it up."""
        [(names, parts)] = self.tried(stages, [frames])
        self.exchange.drop(names)
        return parts

    def tried(self, stages: Sequence[Stage], chunks: Iterable[Frames]) -> Iterator[tuple[list[str], Parts | None]]:
        """For each chunk the names under which it lies in the exchange, and its rows; None if its workers died."""
        rows = [stage.name for stage in stages]
        sent: deque[list[str]] = deque()

        def jobs() -> Iterator[tuple[Exchange, list[str], list[str]]]:
            for frames in chunks:
                sent.append([self.exchange.write(frame) for frame in frames])
                yield self.exchange, rows, sent[-1]

        for left in self.outcomes(work, jobs()):
            if isinstance(left, WorkerLost):
                yield sent.popleft(), None
                continue
            parts = [Part(self.exchange.read(good), self.exchange.read(held), seconds) for good, held, seconds in left]
            self.exchange.drop(name for good, held, _ in left for name in (good, held))
            yield sent.popleft(), parts

    def run(self, work: Callable[..., Result], jobs: Iterable[tuple[Any, ...]]) -> Iterator[Result]:
        """What `work` returns for each job, in order. Raises WorkerLost."""
        for outcome in self.outcomes(work, jobs):
            if isinstance(outcome, WorkerLost):
                raise outcome
            yield outcome

    def outcomes(self, work: Callable[..., Result], jobs: Iterable[tuple[Any, ...]]) -> Iterator[Result | WorkerLost]:
        """What became of each job, in order; a job more than there are workers is under way."""
        call = self.called()
        waiting: deque[Any] = deque()
        for job in jobs:
            waiting.append(call(work, *job))
            if len(waiting) > self.size:
                yield self.outcome(waiting.popleft())
        while waiting:
            yield self.outcome(waiting.popleft())

    def called(self) -> Callable[..., Any]:
        """How a task is given out; Ray is there from the first one on."""
        if self.ray is None:
            self.exchange.clear()
            self.ray = begun(self.size)
            if os.environ.get("RAY_ADDRESS"):
                self.size = max(self.size, int(self.ray.cluster_resources().get("CPU", 1)))
            self.told = self.ray.put((edition(), self.given))
            self.task = self.ray.remote(max_retries=RETRIES)(task)
        return partial(self.task.remote, self.told)

    def outcome(self, result: Any) -> Any:
        """The result of a task, or that its workers died; a fault of the work itself is raised as it was. Raises WorkerLost."""
        errors = self.ray.exceptions
        try:
            return self.ray.get(result)
        except errors.RayTaskError as error:
            if isinstance(error.cause, MemoryError):
                return given_up(error.cause)
            raise error.cause from None
        except (errors.WorkerCrashedError, errors.OutOfMemoryError) as error:
            return given_up(error)
        except errors.RayError as error:
            raise given_up(error) from None

    def dismiss(self) -> None:
        """Leave the cluster, or end our own, and clear the exchange."""
        if self.ray is not None:
            self.ray.shutdown()
            self.ray = None
            self.exchange.clear()


def given_up(error: Exception) -> WorkerLost:
    """What is told of a task Ray does not do again."""
    return WorkerLost(
        f"Ray gave a task up after {RETRIES} retries ({type(error).__name__}); see `ray status`, then run again"
    )


def begun(size: int) -> Any:
    """The module `ray`, connected."""
    # Ray reports its use to its makers unless told not to, and does a task over for ever that takes all memory.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_task_oom_retries", f"{RETRIES}")
    ray: Any = importlib.import_module("ray")
    handler = signal.getsignal(signal.SIGTERM)
    try:
        connect(ray, size)
    except Exception:
        # It raises what it likes. Ray gives itself half a minute to start, which a busy machine may need twice.
        ray.shutdown()
        try:
            connect(ray, size)
        except Exception as error:
            where = os.environ.get("RAY_ADDRESS", "here")
            raise NotStarted(f"Ray does not start or answer {where}: {first_line(error)}") from error
    # How a run is stopped is decided in flows/stopping.py.
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, handler)
    return ray


def connect(ray: Any, size: int) -> None:
    """Join the cluster RAY_ADDRESS names, or start one of `size` processes that ends with this one."""
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": "error"}
    if os.environ.get("RAY_ADDRESS"):
        ray.init(runtime_env={"env_vars": {"POLARS_MAX_THREADS": "1"}}, **quiet)
    else:
        share_cores(size)
        ray.init(
            "local",
            num_cpus=size,
            include_dashboard=False,
            object_store_memory=STORE_BYTES,
            _node_ip_address="127.0.0.1",
            **quiet,
        )


_stages = {stage.name: stage for stage in PIPELINE}
_known: dict[str, pl.DataFrame] = {}


class NotStarted(OSError):
    """Ray does not come up here, or the cluster does not answer."""


class OtherVersion(OutOfHands):
    """A machine of the cluster has another wencang than the one that runs the night."""


@cache
def edition() -> str:
    """The version of the code and of its judgement."""
    return f"{version('wencang')} {seeds.digest()}"


def task(told: tuple[str, dict[str, pl.DataFrame]], work: Callable[..., Result], *job: Any) -> Result:
    """One job, on a worker. Raises OtherVersion where the rows would not be the same."""
    wanted, given = told
    if edition() != wanted:
        raise OtherVersion(f"{platform.node()} has another edition of wencang; install the same one on every machine")
    _known.update(given)
    deadly.bound_memory()
    return work(*job)


def work(exchange: Exchange, stages: list[str], names: list[str]) -> list[tuple[str, str, float]]:
    """One chunk, on a worker: stage by stage the names of the rows that keep every rule and of those held back, seconds."""
    rows, frames = [_stages[stage] for stage in stages], [exchange.read(name) for name in names]
    if rows[0].is_guarded:
        ((good, held),) = Guard(1, _known).results(rows[0], [frames], several=False)
        parts = [Part(good, held, 0.0)]
    else:
        parts = through(rows, frames, _known)
    return [(exchange.write(good), exchange.write(held), seconds) for good, held, seconds in parts]
