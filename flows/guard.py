"""Where untrusted markup is parsed: in processes that may be lost. A record that loses one is held back, no other is.

A cell is such a process. It knows no store and no secret of ours; the kernel ends it when it has used up the processor
time or the memory of its job. The records of a lost job are tried again in smaller jobs, until the one that did it is
alone.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

import polars as pl

from flows.chunk import Sifted, is_seed, seed, sift, worked
from flows.pipeline import Stage
from flows.settings import share_cores

Frames = Sequence[pl.DataFrame]
Transform = Callable[..., pl.DataFrame]

# Formats whose records go through a parser of markup.
MARKUP = frozenset(("html", "warc"))
REASON = "parser_stopped"
PARTS = 16
START_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a job may use: processor seconds, those more for each megabyte, and bytes of memory beside the cell's own."""

    seconds: float = 4.0
    seconds_a_megabyte: float = 1.0
    memory_bytes: int = 3 << 30
    # A cell that waits for something uses no processor time; this many times as long it may be silent.
    patience: float = 15.0

    def seconds_for(self, frames: Frames) -> float:
        """Processor seconds for these records."""
        return self.seconds + self.seconds_a_megabyte * float(frames[0]["payload"].bin.size().sum()) / 1e6


class CellLost(Exception):
    """The process died, or had to be ended, before it gave an answer; or the parser gave up."""


class Cell:
    """One process that does one job at a time."""

    def __init__(self, transform: Transform) -> None:
        """Starts the process, which imports what the transform needs while the first job is on its way."""
        spawned = multiprocessing.get_context("spawn")
        self.connection, theirs = spawned.Pipe()
        self.process = spawned.Process(target=serve, args=(theirs, transform), daemon=True)
        self.process.start()
        self.is_ready = False
        theirs.close()

    def begin(self, inputs: Frames, seconds: float, memory_bytes: int) -> None:
        """Hand a job over. A cell that is gone is found out when the answer is asked for."""
        try:
            self.connection.send((list(inputs), seconds, memory_bytes))
        except OSError:
            self.end()

    def answer(self, seconds: float) -> pl.DataFrame:
        """What the job came to. Raises CellLost."""
        try:
            if not self.is_ready:
                self.is_ready = self.connection.poll(START_SECONDS) and self.connection.recv()
            if not self.connection.poll(seconds):
                raise CellLost
            result = self.connection.recv()
        except (EOFError, OSError):
            raise CellLost from None
        if isinstance(result, str):
            raise CellLost(result)
        return result

    def end(self) -> None:
        """End the process, whatever it is at."""
        self.process.kill()
        self.process.join()
        self.connection.close()


class Job(NamedTuple):
    """Records in a cell."""

    frames: Frames
    cell: Cell | None


class Guard:
    """Up to `size` cells for one stage; results come in the order of the chunks."""

    def __init__(self, size: int, known: dict[str, pl.DataFrame], bounds: Bounds | None = None) -> None:
        """`known` holds the seed tables read so far; no cell runs yet."""
        self.size, self.known, self.bounds = size, known, bounds or Bounds()
        self.idle: list[Cell] = []
        self.busy: list[Cell] = []

    def results(self, stage: Stage, chunks: Iterable[Frames], *, several: bool) -> Iterator[Sifted]:
        """What each chunk comes to, in order. One without markup is done here, unless there are `several` to share."""
        waiting: deque[Job] = deque()
        try:
            for frames in chunks:
                if len(waiting) >= self.size:
                    yield self.result(stage, waiting.popleft())
                is_guarded = several or not MARKUP.isdisjoint(frames[0]["format"].unique())
                waiting.append(self.begun(stage, frames) if is_guarded else Job(frames, None))
            while waiting:
                yield self.result(stage, waiting.popleft())
        finally:
            self.dismiss()

    def begun(self, stage: Stage, frames: Frames) -> Job:
        """The records, in the hands of a cell."""
        if not self.idle:
            share_cores(self.size)
            self.idle.append(Cell(stage.transform))
        cell = self.idle.pop()
        self.busy.append(cell)
        given = iter(frames)
        inputs = [seed(table, self.known) if is_seed(table) else next(given) for table in stage.reads]
        cell.begin(inputs, self.bounds.seconds_for(frames), self.bounds.memory_bytes)
        return Job(frames, cell)

    def result(self, stage: Stage, job: Job) -> Sifted:
        """The rows of a job."""
        if job.cell is None:
            return worked(stage, job.frames, self.known)
        return sift(stage, self.rows(stage, job, job.cell))

    def rows(self, stage: Stage, job: Job, cell: Cell) -> pl.DataFrame:
        """What the transform gives; the records of a lost cell are tried again in smaller jobs, at last one by one."""
        self.busy.remove(cell)
        try:
            result = cell.answer(self.bounds.patience * self.bounds.seconds_for(job.frames))
        except CellLost:
            cell.end()
            return self.rows_in_parts(stage, job.frames)
        self.idle.append(cell)
        return result

    def rows_in_parts(self, stage: Stage, frames: Frames) -> pl.DataFrame:
        """The same from smaller jobs; a record that loses its cell alone is given its reason."""
        records, *others = frames
        if records.height == 1:
            refused = records.with_columns(reason_code=pl.lit(REASON))
            given = iter((refused, *others))
            return stage.transform(*(seed(t, self.known) if is_seed(t) else next(given) for t in stage.reads))
        jobs = (self.begun(stage, (part, *others)) for part in records.iter_slices(-(-records.height // PARTS)))
        parts = [self.rows(stage, job, job.cell) for job in jobs if job.cell is not None]
        return pl.concat(parts).sort("record_id")

    def dismiss(self) -> None:
        """End every cell."""
        for cell in (*self.idle, *self.busy):
            cell.end()
        self.idle, self.busy = [], []


def serve(connection: Connection, transform: Transform) -> None:
    """What a cell does: job after job, until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    connection.send(True)
    while True:
        try:
            inputs, seconds, memory_bytes = connection.recv()
        except (EOFError, OSError):
            return
        bind(seconds, memory_bytes)
        try:
            result: Any = transform(*inputs)
        except BaseException as error:
            # A parser in another language panics with what is no Exception.
            result = f"{type(error).__name__}: {error}"[:1000]
        try:
            connection.send(result)
        except OSError:
            return


def bind(seconds: float, memory_bytes: int) -> None:
    """Let the kernel end this process when it has used so much more than now, wherever in the code it is."""
    try:
        import resource
    except ImportError:
        # No such system call: the patience of whoever waits is the bound.
        return
    times = os.times()
    _, hardest = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(times.user + times.system + seconds) + 1, hardest))
    _, hardest = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (data_bytes() + memory_bytes, hardest))


def data_bytes() -> int:
    """Memory this process has for itself; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 (one system call)
            return int(file.read().split()[5]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
