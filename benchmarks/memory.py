"""What a command and all it starts hold in memory: `python benchmarks/memory.py [--trace FILE] COMMAND…`, Linux only.

Prints the peaks in MiB when the command has ended, and its seconds; FILE keeps every look as a line of JSON. What several
processes share is counted once: of what each has to itself the system keeps count, of the files they map it is asked for
the share of each. That question costs a tenth of a second for each gigabyte, so it is asked rarely, and from a process of
its own.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TextIO

LOOK_SECONDS, SHARE_SECONDS = 0.2, 5.0


def tree(pid: int) -> list[int]:
    """A process and all that it and those it started have started; none of them if it has ended."""
    try:
        lists = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return []
    return [pid, *(one for text in lists for child in text.split() for one in tree(int(child)))]


def kib(pid: int, file: str, name: str) -> int:
    """The KiB a file of /proc tells under a name, 0 if the process has ended."""
    try:
        lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)


class Watch:
    """Looks again and again at a process and all it has started, those apart that watch."""

    def __init__(self, pid: int, trace: TextIO | None = None) -> None:
        """Nothing is seen yet."""
        self.pid, self.trace, self.stage = pid, trace, ""
        self.begun = time.perf_counter()
        self.shared: dict[int, int] = {}
        self.asked = -SHARE_SECONDS
        self.peaks: dict[str, dict[str, int]] = {}

    def look(self) -> None:
        """One look at everybody."""
        now = time.perf_counter() - self.begun
        pids = [pid for pid in tree(self.pid) if pid != os.getpid()]
        if now - self.asked >= SHARE_SECONDS or set(pids) - set(self.shared):
            self.shared, self.asked = {pid: kib(pid, "smaps_rollup", "Pss_File") for pid in pids}, now
        held = [(kib(pid, "status", "RssAnon") + self.shared[pid]) >> 10 for pid in pids]
        seen = {"together": sum(held), "committing": sum(held[:1]), "largest_worker": max(held[1:], default=0)}
        peak = self.peaks.setdefault(self.stage, dict.fromkeys(seen, 0))
        self.peaks[self.stage] = {name: max(peak[name], mib) for name, mib in seen.items()}
        if self.trace:
            line = {"seconds": round(now, 2), "stage": self.stage, "mib": held}
            self.trace.write(json.dumps(line) + "\n")

    def look_until(self, ended: Callable[[], bool]) -> None:
        """Look a few times a second until there is nothing more to see."""
        while not ended():
            self.look()
            time.sleep(LOOK_SECONDS)

    def told(self) -> dict[str, Any]:
        """The peaks in MiB, of all and of each stage, and the processor seconds of watching."""
        seen = list(self.peaks.values())
        highest = {name: max(peak[name] for peak in seen) for name in seen[0]} if seen else {}
        return {**highest, "stages": self.peaks, "watching_cpu_seconds": time.process_time()}


class Watched:
    """What is known of the one who watches this process: tell it of stages; afterwards it has told of the peaks."""

    def __init__(self, watcher: subprocess.Popen[str]) -> None:
        """The watcher is at work."""
        self.watcher = watcher
        self.told: dict[str, Any] = {}

    def enter(self, stage: str) -> None:
        """What is held from now on is held in this stage."""
        if self.watcher.stdin:
            self.watcher.stdin.write(f"{stage}\n")
            self.watcher.stdin.flush()


@contextmanager
def watched(trace: Path | None = None) -> Generator[Watched]:
    """Have this process watched from another one for the block."""
    command = [sys.executable, __file__, "--of", str(os.getpid()), *(["--trace", str(trace)] if trace else [])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as watcher:
        this = Watched(watcher)
        try:
            yield this
        finally:
            this.told = json.loads(watcher.communicate()[0])


def follow(watch: Watch) -> None:
    """Watch until standard input ends; its lines name the stages."""

    def read() -> None:
        for line in sys.stdin:
            watch.stage = line.strip()

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    watch.look_until(lambda: not reader.is_alive())


def main() -> int:
    """Run and watch; ends as the command ends."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trace", type=Path, metavar="FILE")
    parser.add_argument("--of", type=int, metavar="PID", help="watch this process until standard input ends")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    seconds: dict[str, float] = {}
    with ExitStack() as stack:
        trace = stack.enter_context(options.trace.open("w")) if options.trace else None
        if options.of:
            watch = Watch(options.of, trace)
            follow(watch)
            code = 0
        else:
            command = stack.enter_context(subprocess.Popen(options.command))
            watch = Watch(command.pid, trace)
            watch.look_until(lambda: command.poll() is not None)
            code = command.returncode
            used = resource.getrusage(resource.RUSAGE_CHILDREN)
            seconds = {"wall_seconds": time.perf_counter() - watch.begun, "cpu_seconds": used.ru_utime + used.ru_stime}
    print(json.dumps(seconds | watch.told(), ensure_ascii=False, indent=None if options.of else 2))
    return code


if __name__ == "__main__":
    sys.exit(main())
