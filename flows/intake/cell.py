"""A cell of flows.intake.guard: `python -m flows.intake.cell FD` does the jobs a connection brings."""

from __future__ import annotations

import os
import signal
import sys
from multiprocessing.connection import Connection
from typing import Any

from flows.collecting import put_off


def serve(connection: Connection) -> None:
    """Take the transform, then job after job, until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with put_off():
        transform = connection.recv()
        from flows.engines import parcel
    parcel.as_streams()
    connection.send(True)
    while True:
        try:
            inputs, seconds, memory_bytes = connection.recv()
        except (EOFError, OSError):
            # Whoever asked has closed or gone.
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


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])))
