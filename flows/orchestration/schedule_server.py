"""The Prefect server behind `wencang serve`: a schedule needs a scheduler, which only a server that stays has."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flows import lock
from flows.endings import IO, Trouble
from flows.reporting import log as report
from flows.settings import Home

PATIENCE_SECONDS = 180.0
# A night lets go within its own grace, which is shorter.
GRACE_SECONDS = 6.0
PR_SET_PDEATHSIG = 1
# How often a server is looked after. Prefect's runner gives up on one that fails it three times, ten seconds apart, or
# keeps it waiting three times for a minute, and does not come back when the server does.
PACE_SECONDS, REFUSED_SECONDS, SILENT_SECONDS = 5.0, 15.0, 120.0


@dataclass(frozen=True, slots=True)
class Serving:
    """A server that answers: its address, and its process if it is ours."""

    url: str
    process: subprocess.Popen[bytes] | None = None

    def has_ended(self) -> bool:
        """Whether it is ours and its process is gone."""
        return self.process is not None and self.process.poll() is not None


@contextmanager
def lasting(log: Path) -> Generator[Serving]:
    """The server PREFECT_API_URL names, else one begun here, which ends with the block and writes what it says to `log`.

    Raises Trouble if ours does not come up. To be entered before Prefect is imported: it reads its settings then.
    """
    if url := os.environ.get("PREFECT_API_URL"):
        yield Serving(url)
        return
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log.parent.mkdir(parents=True, exist_ok=True)
    said, url = log.open("wb"), f"http://127.0.0.1:{port}/api"
    process = subprocess.Popen(
        [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)],
        # Its page asks at port 4200 unless it is told where.
        env=os.environ | {"PREFECT_SERVER_UI_API_URL": url},
        stdin=subprocess.DEVNULL,
        stdout=said,
        stderr=subprocess.STDOUT,
        # Ctrl-C is for us; the kernel ends the server if we are killed.
        start_new_session=True,
        preexec_fn=die_with_parent,
    )
    try:
        wait(process, f"{url}/health", log)
        os.environ["PREFECT_API_URL"] = url
        yield Serving(url, process)
    finally:
        # Nights first: they tell the server how they ended.
        end([child for child in children() if child != process.pid])
        end([process.pid])
        said.close()


def end(processes: list[int]) -> None:
    """Ask our children to end; kill those that do not within the grace, as a server does that waits for its clients."""
    for child in processes:
        os.kill(child, signal.SIGTERM)
    ends = time.monotonic() + GRACE_SECONDS
    while (processes := [child for child in processes if not is_over(child)]) and time.monotonic() < ends:
        time.sleep(0.05)
    for child in processes:
        os.kill(child, signal.SIGKILL)
        is_over(child, wait=True)


def is_over(child: int, *, wait: bool = False) -> bool:
    """Whether a child of ours has ended; its entry with the kernel goes."""
    try:
        return os.waitpid(child, 0 if wait else os.WNOHANG)[0] == child
    except ChildProcessError:
        return True


def children() -> list[int]:
    """The processes this one has begun and that still run: the server, and nights at work (Linux proc(5))."""
    lists = Path("/proc/self/task").glob("*/children")
    return [int(child) for one in lists for child in one.read_text(encoding="ascii").split()]


def die_with_parent() -> None:
    """Ask the kernel to end this process when its parent ends, whatever ends it (Linux prctl(2))."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def end_with(server: Serving, home: Home, log: Path) -> None:
    """End this process once its server is gone, and no night is at work, which needs none: served by nobody, it would
    neither work nor end, and no night would ever come.
    """
    until_gone(lambda: answers(f"{server.url}/health"), server.has_ended)
    whose = f"; {log} may say why" if server.process else ""
    told = f"wencang serve: the Prefect server at {server.url} answers no more{whose}; see to it, then serve again"
    report.say("trouble", told, exit_code=IO)
    while lock.holder(home.lock) is not None:
        time.sleep(1.0)
    os._exit(IO)


def until_gone(
    is_there: Callable[[], bool | None],
    has_ended: Callable[[], bool],
    rest: Callable[[float], object] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Return when a server has ended, or has refused, or said nothing, for so long that Prefect may have given it up."""
    answered = reached = clock()
    while clock() - answered < SILENT_SECONDS and clock() - reached < REFUSED_SECONDS:
        rest(PACE_SECONDS)
        if has_ended():
            return
        there = is_there()
        answered = clock() if there else answered
        reached = clock() if there is not False else reached


def answers(health: str) -> bool | None:
    """Whether a server answers; one in trouble does not. None where nothing came in time."""
    try:
        with urllib.request.urlopen(health, timeout=5):
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500
    except (urllib.error.URLError, OSError) as error:
        return None if isinstance(getattr(error, "reason", error), TimeoutError) else False


def wait(process: subprocess.Popen[bytes], health: str, log: Path) -> None:
    """Until the server answers. Raises Trouble."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < ends:
        if answers(health):
            return
        time.sleep(0.2)
    raise Trouble(IO, f"the Prefect server did not come up, {log} says why; set PREFECT_API_URL to one that runs")
