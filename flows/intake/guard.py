"""Where untrusted markup is parsed: in processes that may be lost. A record that loses one is held back, no other is.

A cell is such a process. It knows no store and no secret of ours; the kernel ends it when it has used up the processor
time or the memory of its job. The records of a lost job are tried again in smaller jobs, until the one that did it is
alone.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from typing import NamedTuple

import polars as pl

from flows.chunk import Frames, Sifted, is_seed, seed, sift, worked
from flows.endings import OutOfHands
from flows.engines import parcel
from flows.isolating import isolated
from flows.pipeline import Stage
from flows.settings import share_cores

Transform = Callable[..., pl.DataFrame]

# Formats whose records go through a parser of markup.
MARKUP = frozenset(("html", "warc"))
REASON = "parser_stopped"
PARTS = 16
START_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a job may use: processor seconds, those more for each megabyte, bytes of memory beside the cell's own."""

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


class CellNotStarted(OutOfHands):
    """The process did not come up: the machine or the installation is at fault, not a record."""


class Cell:
    """One process that does one job at a time."""

    def __init__(self, transform: Transform) -> None:
        """Starts the process, which imports what the transform needs while the first job is on its way."""
        ours, theirs = socket.socketpair()
        # A process of its own program: it shares no memory, no lock and no main module with this one.
        self.process = subprocess.Popen(
            [sys.executable, "-m", "flows.intake.cell", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        theirs.close()
        self.connection = Connection(ours.detach())
        self.connection.send(transform)
        self.is_ready = False

    def begin(self, inputs: Frames, seconds: float, memory_bytes: int) -> None:
        """Hand a job over. A cell that is gone is found out when the answer is asked for."""
        with contextlib.suppress(OSError):
            self.connection.send((list(inputs), seconds, memory_bytes))

    def answer(self, seconds: float) -> pl.DataFrame:
        """What the job came to. Raises CellLost, and CellNotStarted where no job is to blame."""
        try:
            if not self.is_ready:
                self.wait()
            if not self.connection.poll(seconds):
                raise CellLost
            result = self.connection.recv()
        except (EOFError, OSError):
            raise CellLost from None
        if isinstance(result, str):
            raise CellLost(result)
        return result

    def wait(self) -> None:
        """Wait until the process is up. Raises CellNotStarted."""
        with contextlib.suppress(EOFError, OSError):
            self.is_ready = self.connection.poll(START_SECONDS) and self.connection.recv()
        if not self.is_ready:
            told = f"no process for parsing could be started (exit code {self.process.poll()})"
            raise CellNotStarted(f"{told}; free memory or see `wencang doctor`, then run again")

    def end(self) -> None:
        """End the process, whatever it is at."""
        self.process.kill()
        self.process.wait()
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

    def call(self, stage: Stage) -> None:
        """See to it that a cell is there, or on its way: it takes its imports' time to come."""
        if not self.idle:
            share_cores(self.size)
            parcel.as_streams()
            self.idle.append(Cell(stage.transform))

    def begun(self, stage: Stage, frames: Frames) -> Job:
        """The records, in the hands of a cell."""
        self.call(stage)
        cell = self.idle.pop()
        self.busy.append(cell)
        given = iter(frames)
        inputs = [seed(table, self.known) if is_seed(table) else next(given) for table in stage.reads]
        cell.begin(inputs, self.bounds.seconds_for(frames), self.bounds.memory_bytes)
        return Job(frames, cell)

    def result(self, stage: Stage, job: Job) -> Sifted:
        """The rows of a job."""
        if job.cell is None:
            return isolated(stage, job.frames, partial(worked, stage, known=self.known))
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
