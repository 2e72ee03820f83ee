"""Nights that may be killed, cheap enough to kill many: one process imports the engines, each night is a fork of it.

Run as a program it reads one order a line (JSON) and answers with one line. A thread pool does not survive a fork:
this process imports and does nothing else.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import select
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flows.night import Outcome

PATIENCE_SECONDS = 300.0
CLONE_NEWNET = 0x40000000
PROJECT = Path(__file__).resolve().parents[2]
# What a night gives back it soon asks for again: a tenth of its time is spent on that, where the kernel is asked.
MEMORY = {
    "MALLOC_TRIM_THRESHOLD_": str(1 << 30), "MALLOC_TOP_PAD_": str(64 << 20), "MALLOC_MMAP_THRESHOLD_": str(1 << 30),
}  # fmt: skip
Fault = tuple[str, str, int]
# `environment` holds before any engine is used; `now` is what the clock says (ISO, UTC); `rebuild` takes no paths;
# `waits` stops the process before it publishes, until it is continued; `isolated` takes every network from it;
# `workshop` is the socket of a process that works on the chunks, None: the night works on them itself; `only` is the one
# step to be taken; `threads` are those of the store.
ORDINARY: dict[str, Any] = {
    "chunk_bytes": 1 << 24, "workers": 1, "threads": 2, "environment": {}, "now": None, "rebuild": False, "waits": False,
    "isolated": False, "workshop": None, "only": None,
}  # fmt: skip


@dataclass(frozen=True)
class Ending:
    """How a night ended: `signal` that killed it, or the exception it raised, or its stages."""

    signal: int
    error: str | None
    rows_in: dict[str, int]
    state: str | None


class Zygote:
    """The parent of many nights."""

    def __init__(self, workshop: str | None = None) -> None:
        """`workshop` is where nights have their chunks worked on unless they are told otherwise."""
        self.workshop = workshop
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.zygote"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=PROJECT, env=os.environ | MEMORY,
        )  # fmt: skip
        self.say: IO[str] = self.process.stdin  # pyright: ignore[reportAttributeAccessIssue]
        self.hear: IO[str] = self.process.stdout  # pyright: ignore[reportAttributeAccessIssue]
        assert self.hear.readline() == "ready\n"

    def start(self, home: Path, *paths: Path, on: date, faults: Sequence[Fault] = (), **how: Any) -> int:
        """Begin a night; the id of its process and process group. `how` is as ORDINARY lists it."""
        order = ORDINARY | {
            "home": str(home), "paths": [str(p) for p in paths], "on": str(on), "faults": list(faults),
            "workshop": self.workshop, **how,
        }  # fmt: skip
        self.say.write(json.dumps(order) + "\n")
        self.say.flush()
        self.begun = int(self.hear.readline())
        return self.begun

    def wait(self) -> Ending:
        """How the night begun last ended. Raises TimeoutError, the night killed, if it does not."""
        if not select.select([self.hear], [], [], PATIENCE_SECONDS)[0]:
            os.killpg(self.begun, signal.SIGKILL)
            self.hear.readline()
            raise TimeoutError("the night neither ended nor failed")
        return Ending(**json.loads(self.hear.readline()))

    def night(self, home: Path, *paths: Path, on: date, faults: Sequence[Fault] = (), **how: Any) -> Ending:
        """One night to its end."""
        self.start(home, *paths, on=on, faults=faults, **how)
        return self.wait()

    def close(self) -> None:
        self.say.close()
        self.process.wait()


def one_night(order: dict[str, Any], answer: int) -> None:
    """In the fork: the night without its judge, who has no part in recovery; the answer goes into a pipe."""
    from flows import night as nights
    from flows import reference, settings, work
    from warehouse import faults

    os.environ |= order["environment"]
    time.tzset()
    if order["now"]:
        settings.now_utc = lambda: datetime.fromisoformat(order["now"])
    if order["waits"]:
        publish = nights.Course.publish
        nights.Course.publish = lambda self: (os.kill(os.getpid(), signal.SIGSTOP), publish(self))[1]
    if order["only"]:
        steps = nights.Course.steps
        nights.Course.steps = lambda self: [step for step in steps(self) if step[0] == order["only"]]
    nights.CHUNK_BYTES, work.STORE_THREADS = order["chunk_bytes"], order["threads"]
    nights.Course.judge_table = lambda self, stage, table: None
    # A fork would look at every seed again for each working database it begins.
    reference.check = unlooked
    for name, what, after in order["faults"]:
        faults.arm(name, what, after)
    told: dict[str, Any] = {"error": None, "rows_in": {}, "state": None}
    try:
        if order["isolated"] and ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "no network namespace")
        outcome = course(order)
        told |= {"rows_in": {s.stage: s.rows_in for s in outcome.stages}, "state": outcome.state}
    except Exception:
        told["error"] = traceback.format_exc()
    os.write(answer, json.dumps(told).encode())


def unlooked(digest: str) -> None:
    """In the place of `reference.check`."""


def course(order: dict[str, Any]) -> Outcome:
    """The night ordered, to its end."""
    from tests.conftest import night, rebuild
    from tests.faults.workshop import Apprentice

    if order["rebuild"]:
        return rebuild(Path(order["home"]))
    engine = partial(Apprentice, order["workshop"]) if order["workshop"] else None
    paths, on = map(Path, order["paths"]), date.fromisoformat(order["on"])
    return night(Path(order["home"]), *paths, on=on, workers=order["workers"], engine=engine)


def warm() -> None:
    """Import all that a night imports, and make once what every night would make: nothing here begins a thread pool."""
    for engines in ("flows.night", "tests.conftest", "tests.faults.workshop"):
        importlib.import_module(engines)
    from flows.reporting.report import pages
    from transforms import calendar
    from transforms.script.converter import Converter

    Converter("s2t")
    for template in pages().list_templates():
        pages().get_template(template)
    for year in range(2014, 2028):
        calendar.lunar_months(year)
    threads = {(task / "comm").read_text().strip() for task in Path("/proc/self/task").iterdir()}
    assert not any(name.startswith("polars-") and name[7:].isdigit() for name in threads), "a fork would wait for them"
    gc.freeze()


def main() -> None:
    """Fork a night for every order."""
    warm()
    print("ready", flush=True)
    for line in sys.stdin:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.setpgid(0, 0)
            os.close(reading)
            try:
                one_night(json.loads(line), writing)
            finally:
                # Whatever befell the night, this fork must not go on as a second parent.
                os._exit(0)
        os.close(writing)
        print(child, flush=True)
        with os.fdopen(reading, "rb") as pipe:
            text = pipe.read()
        _, status = os.waitpid(child, 0)
        number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        told = json.loads(text) if text else {"error": None, "rows_in": {}, "state": None}
        print(json.dumps(told | {"signal": int(signal.Signals(number)) if number else 0}), flush=True)


if __name__ == "__main__":
    main()
