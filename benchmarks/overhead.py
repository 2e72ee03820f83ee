"""What a small night costs beside its work: `python benchmarks/overhead.py [--times N] [PATH…]`.

Every part runs in a process of its own, in a fresh home, and takes in the one before it: the interpreter, our imports,
Prefect's, those of Great Expectations; then the night as work alone, with its judge, and as the command runs it. What a
part adds to another is the split that is printed. Processor seconds are those of a process and of all it has begun,
seconds those of the clock; of N runs the cheapest counts, because other work on the machine makes a run dearer and never
cheaper. The last line is what is asked of a small night: all but its work and its judgement.
"""

from __future__ import annotations

import argparse
import importlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from flows.night import Course
    from transforms.tables.base import Table

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
ARTICLES = ROOT / "seeds" / "articles"
WORK, JUDGING = "reading, transforming, storing, publishing", "judging and data docs"
OWN, JUDGE = ("flows.nightly",), ("expectations.judge",)


class Cost(NamedTuple):
    """Seconds of the processors and of the clock."""

    cpu: float
    wall: float

    def beyond(self, *others: Cost) -> Cost:
        """What is left without the others."""
        return Cost(self.cpu - sum(one.cpu for one in others), self.wall - sum(one.wall for one in others))


def imported(*modules: str) -> None:
    """Import as the command does."""
    from flows.collecting import put_off

    with put_off():
        for module in modules:
            importlib.import_module(module)


def prefect() -> None:
    """Import what a night wants of Prefect."""
    from flows.orchestration.prefect_server import SHARED

    imported(*SHARED, *OWN)


def server(home: Path) -> None:
    """Begin the server of a night as the command does, wait until it answers, end it."""
    from flows.orchestration.prefect_server import NotReady, at_hand
    from flows.settings import Home, quiet_engines

    quiet_engines(Home(home))
    with at_hand() as begun:
        if begun is None or isinstance(begun, NotReady):
            raise RuntimeError(f"no server: {begun}")
        begun.wait()


def unjudged(self: Course, stage: str, table: type[Table]) -> None:
    """In the place of the judge."""


def night(paths: list[str], home: Path, *, is_judged: bool) -> None:
    """The night without Prefect."""
    imported(*OWN, *(JUDGE if is_judged else ()))
    from flows.intake import sources
    from flows.night import Course
    from flows.settings import Home, quiet_engines, tonight
    from flows.work import opened

    place = Home(home)
    quiet_engines(place)
    if not is_judged:
        Course.judge_table = unjudged
    with opened(place) as store:
        known = sources.declared(place)
        course = Course(place, tonight(), sources.deliveries(paths, None, tonight(), known), store, known)
        for _, step in course.steps():
            step()


def command(paths: list[str], home: Path) -> None:
    """What a user starts."""
    from flows import cli

    cli.main(["run", *paths, "--home", str(home)])


PARTS: dict[str, Callable[[list[str], Path], None]] = {
    "interpreter": lambda paths, home: None,
    "own": lambda paths, home: imported(*OWN),
    "prefect": lambda paths, home: prefect(),
    "server": lambda paths, home: server(home),
    "judge": lambda paths, home: imported(*OWN, *JUDGE),
    "work": lambda paths, home: night(paths, home, is_judged=False),
    "judged": lambda paths, home: night(paths, home, is_judged=True),
    "command": command,
}


def cost(part: str, paths: list[str]) -> Cost:
    """What one part costs in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="wencang-overhead-") as folder:
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, __file__, "--part", part, "--home", str(Path(folder) / "home"), *paths],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT,
            env={name: told for name, told in os.environ.items() if name != "PREFECT_API_URL"},
        )  # fmt: skip
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"{part} ended with {process.returncode}")
        return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - started)


def split(found: dict[str, Cost]) -> dict[str, Cost]:
    """What the command costs, told apart."""
    own, work = found["own"], found["work"].beyond(found["own"])
    shared = found["prefect"].beyond(own)
    told = {
        "interpreter": found["interpreter"],
        "imports of our own": own.beyond(found["interpreter"]),
        "import of Prefect": shared,
        "Prefect's server until it answers, once that is done": found["server"].beyond(found["interpreter"], shared),
        "import of Great Expectations": found["judge"].beyond(own),
        WORK: work,
        JUDGING: found["judged"].beyond(found["judge"], work),
    }
    # On the clock it is less than nothing: what the parts do one after the other, the command does side by side.
    return told | {
        "flow and task runs, both sides; what is done at the same time": found["command"].beyond(*told.values())
    }


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", help="what the night takes in (default: the sample articles)")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    parser.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    paths = options.paths or [str(ARTICLES)]
    if options.part:
        PARTS[options.part](paths, options.home)
        # Engines leave native objects behind whose destructors take their time.
        os._exit(0)
    found = {part: min(cost(part, paths) for _ in range(options.times)) for part in PARTS}
    parts, whole = split(found), found["command"]
    told = parts | {"the command": whole, "the command beside its work": whole.beyond(parts[WORK], parts[JUDGING])}
    for what, one in told.items():
        print(f"{one.cpu:6.2f} CPU-s {one.wall:6.2f} s  {what}")
    print(f"on a machine with load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
