"""Stopping from outside: SIGINT and SIGTERM end a run within seconds, whatever it is at.

A run may be killed at any moment without harm, so stopping need not wait for anything: the step at work is given a
short grace to let go, then the process ends.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

from flows.reporting import log

GRACE_SECONDS = 3.0
SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopped(BaseException):
    """Someone outside asked the run to end; no error, so no `except Exception` may hold it up."""

    def __init__(self, number: int):
        """`number` is the signal's."""
        self.number = signal.Signals(number)
        super().__init__(f"stopped by {self.number.name}")

    @property
    def code(self) -> int:
        """The exit code shells expect."""
        return 128 + self.number


_asked: list[int] = []


def asked() -> Stopped | None:
    """The stop that was asked for: engines tend to turn an interruption into an error of their own."""
    return Stopped(_asked[0]) if _asked else None


def raise_if_asked() -> None:
    """Raise the stop that was asked for, if one was."""
    if stop := asked():
        raise stop from None


@contextmanager
def told() -> Generator[None]:
    """Whatever error an engine makes of a stop within the block, the stop is what is raised."""
    try:
        yield
    except Exception:
        raise_if_asked()
        raise


def raise_stopped(number: int, frame: FrameType | None) -> None:
    """The handler of both signals. The second time nothing is waited for."""
    if _asked:
        os._exit(128 + number)
    _asked.append(number)
    raise Stopped(number)


def handle() -> None:
    """Let the two signals raise Stopped in the main thread from now on."""
    for number in SIGNALS:
        signal.signal(number, raise_stopped)


def listen() -> None:
    """Handle the signals, and see to it that the process ends even while it is deep inside an engine."""
    handle()
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    # The kernel-side handler writes the number of each signal here at once; Python's own waits for the next bytecode.
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    threading.Thread(target=end_after_grace, args=(reading,), daemon=True).start()


def end_after_grace(reading: int) -> None:
    """End the process a while after the first of the signals."""
    while (number := os.read(reading, 1)[0]) not in SIGNALS:
        pass
    threading.Event().wait(GRACE_SECONDS)
    log.say("trouble", f"stopped by {signal.Signals(number).name}; run again to carry on", exit_code=128 + number)
    os._exit(128 + number)
