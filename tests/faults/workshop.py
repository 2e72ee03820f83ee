"""A warm process that works on the chunks of nights that are killed: reading every rule anew is most of a small night.

Run as a program it serves one night after the other at the Unix socket it is given, until its standard input closes.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path

import polars as pl

from flows.chunk import Frames, Parts, through
from flows.pipeline import PIPELINE, Stage

PROJECT = Path(__file__).resolve().parents[2]


class Apprentice:
    """The engine of a night: it hands its chunks to the workshop, one at a time."""

    def __init__(self, socket: str, size: int, known: dict[str, pl.DataFrame]):
        """`known` are the seed tables of the night that are not those shipped; there is one workshop, whatever the `size`."""
        del size
        self.size, self.known, self.workshop = 1, dict(known), Client(socket)

    def results(self, stages: Sequence[Stage], chunks: Iterable[Frames]) -> Iterator[Parts]:
        """What each chunk comes to in each of the stages, in order."""
        for frames in chunks:
            self.workshop.send_bytes(pickle.dumps(([stage.name for stage in stages], frames, self.known)))
            yield pickle.loads(self.workshop.recv_bytes())

    def worth(self, chunks: int) -> bool:
        """Every chunk."""
        return chunks > 0

    def cluster(self) -> None:
        """Joins are the store's."""
        return

    def dismiss(self) -> None:
        """The workshop stays open for the next night."""


class Workshop:
    """The process, begun and answering."""

    def __init__(self, folder: Path):
        """The socket lies in `folder`."""
        self.socket = str(folder / "workshop")
        command = [sys.executable, "-m", "tests.faults.workshop", self.socket]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=PROJECT)
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == b"open\n"

    def close(self) -> None:
        """End it."""
        self.process.communicate()


class Bench:
    """What the work is done with, and what came of it: a chunk that comes again after a kill is not worked on again."""

    def __init__(self) -> None:
        self.stages = {stage.name: stage for stage in PIPELINE}
        self.shipped: dict[str, pl.DataFrame] = {}
        self.answers: dict[bytes, bytes] = {}

    def answer(self, asked: bytes) -> bytes:
        """What a chunk comes to in some stages, both as they cross between processes."""
        if asked not in self.answers:
            names, frames, given = pickle.loads(asked)
            known = self.shipped | given
            self.answers[asked] = pickle.dumps(through([self.stages[name] for name in names], frames, known))
            self.shipped |= {table: rows for table, rows in known.items() if table not in given}
        return self.answers[asked]


def serve(night: Connection, bench: Bench) -> None:
    """Work for one night until it ends, however it ends."""
    with contextlib.suppress(EOFError, OSError):
        while True:
            night.send_bytes(bench.answer(night.recv_bytes()))


def main() -> None:
    """One night after the other."""
    threading.Thread(target=lambda: (sys.stdin.buffer.read(), os._exit(0)), daemon=True).start()
    bench = Bench()
    with Listener(sys.argv[1]) as door:
        print("open", flush=True)
        while True:
            with door.accept() as night:
                serve(night, bench)


if __name__ == "__main__":
    main()
