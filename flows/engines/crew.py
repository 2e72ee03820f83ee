"""Who works on the chunks: this process, or several that do nothing else. The rows are the same."""

from __future__ import annotations

import atexit
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import NamedTuple

import polars as pl

from flows.chunk import Frames, Part, Parts, through
from flows.engines import deadly, parcel
from flows.engines.parcel import on_its_way
from flows.pipeline import PIPELINE, Stage
from flows.settings import share_cores


class Job(NamedTuple):
    """A chunk in the hands of a worker."""

    frames: Frames
    result: Future[Parts]
    pool: ProcessPoolExecutor


class Crew:
    """Up to `size` processes; the first stage of several chunks calls them, and only if `size` is more than one.

    A worker knows no store: it is given frames and gives rows back. One chunk a worker and one more are under way, so
    memory stays bounded; results come in the order of the chunks, so what is written does not depend on who was faster.
    """

    def __init__(self, size: int, known: dict[str, pl.DataFrame], folder: Path | None = None):
        """`known` are the seed tables of this run that are not those shipped.

        Frames cross by way of `folder`, which is made and removed here; what a killed run left in it goes at once.
        """
        self.size, self.folder = size, folder
        self.given = dict(known)
        self.pool: ProcessPoolExecutor | None = None
        self.clear()

    def results(self, stages: Sequence[Stage], chunks: Iterable[Frames]) -> Iterator[Parts]:
        """What each chunk comes to in each of the stages, in order. Chunks are asked for as workers get free.

        Raises deadly.WorkerLost.
        """
        waiting: deque[Job] = deque()
        for frames in chunks:
            waiting.append(self.handed(stages, frames))
            if len(waiting) > self.size:
                yield self.returned(stages, waiting.popleft())
        while waiting:
            yield self.returned(stages, waiting.popleft())

    def handed(self, stages: Sequence[Stage], frames: Frames) -> Job:
        """The chunk, given to whichever worker is free first."""
        names = [stage.name for stage in stages]
        sent = [on_its_way(frame, self.folder) for frame in frames]
        try:
            pool = self.called()
            return Job(frames, pool.submit(work, names, sent, self.folder), pool)
        except BrokenProcessPool:
            # A worker died over another chunk, which will be told of it when its turn comes.
            self.dismiss()
            pool = self.called()
            return Job(frames, pool.submit(work, names, sent, self.folder), pool)

    def called(self) -> ProcessPoolExecutor:
        """The workers, there from the first chunk on."""
        if self.pool is None:
            share_cores(self.size)
            parcel.as_streams()
            if self.folder:
                self.folder.mkdir(mode=0o700, exist_ok=True)
            # Never forked: a copy of this process would hold the locks of its threads for ever.
            spawned = multiprocessing.get_context("spawn")
            self.pool = ProcessPoolExecutor(self.size, spawned, initializer=begin, initargs=(self.given,))
        return self.pool

    def returned(self, stages: Sequence[Stage], job: Job) -> Parts:
        """The rows of a chunk; one whose worker died is given once more to new workers, then in parts."""
        done = self.awaited(job)
        if done is None:
            done = self.attempted(stages, job.frames)
        return deadly.survived(stages, job.frames, self.attempted) if done is None else done

    def attempted(self, stages: Sequence[Stage], frames: Frames) -> Parts | None:
        """The rows of a chunk; None if its worker died."""
        return self.awaited(self.handed(stages, frames))

    def awaited(self, job: Job) -> Parts | None:
        """The rows of a job; None if its worker died or ran out of memory, or if one died that worked beside it."""
        try:
            return job.result.result()
        except MemoryError:
            return None
        except BrokenProcessPool:
            if self.pool is job.pool:
                self.dismiss()
            return None

    def worth(self, chunks: int) -> bool:
        """Whether the chunks are enough to call workers."""
        return self.size > 1 and chunks > 1

    def cluster(self) -> None:
        """Nobody: what looks at all documents is done by the store."""
        return

    def dismiss(self) -> None:
        """Let the workers go, and their memory."""
        if self.pool is not None:
            self.pool.shutdown(cancel_futures=True)
            self.pool = None
            self.clear()

    def clear(self) -> None:
        """Remove what is on its way: all that was asked for has been taken."""
        if self.folder:
            parcel.clear(self.folder)


_stages = {stage.name: stage for stage in PIPELINE}
_known: dict[str, pl.DataFrame] = {}


def begin(given: dict[str, pl.DataFrame]) -> None:
    """What a worker does first. A stop from the terminal is for the process that commits, and it tells the workers."""
    _known.update(given)
    parcel.as_streams()
    deadly.bound_memory()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Nothing is left to do when a worker is let go: taking hundreds of megabytes apart object by object would take it
    # up to a second, while the release waits for the memory.
    atexit.register(os._exit, 0)
    threading.Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """Die when the run dies, however it dies."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def work(stages: list[str], frames: Frames, folder: Path | None) -> Parts:
    """One chunk, in a worker; its results are on their way when it returns."""
    parts = through([_stages[name] for name in stages], frames, _known)
    return [Part(on_its_way(part.good, folder), on_its_way(part.held, folder), part.seconds) for part in parts]
