"""Where and when: the home, the night, the environment. Nothing here changes what the data says."""

from __future__ import annotations

import os
import resource
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

BUSINESS_ZONE = ZoneInfo("Asia/Shanghai")
# A night that is none of these is a slip of the keys, and what it brings would bear it for good.
FIRST_NIGHT, LAST_NIGHT = date(1900, 1, 1), date(2100, 12, 31)
# Text a chunk may hold: enough that the fixed cost of a chunk vanishes, little enough that a night of two workers fits
# into 3 GiB.
CHUNK_BYTES = 8 * 1024 * 1024
# Address space of a process in which no night has failed for want of it.
ADDRESS_BYTES = 8 << 30
# Threads of the working database; the workers want the other cores.
STORE_THREADS = 2

# What a home keeps for itself, beside whatever its owner puts there to be read, and how its databases and what belongs
# to them are called.
OWN = frozenset((
    "archive", "crossing", "current", "exchange", "expectations", "furniture.csv", "lock", "metrics.prom", "notified.json",
    "prefect", "releases", "sources.csv",
))  # fmt: skip
DATABASES = ("work.duckdb", "work.rebuilding.duckdb")


@dataclass(frozen=True, slots=True)
class Home:
    """The folder a warehouse lives in; every path of the contract is a property here."""

    root: Path

    @property
    def work(self) -> Path:
        """The working database."""
        return self.root / "work.duckdb"

    @property
    def rebuilding(self) -> Path:
        """The working database in the making while everything is reprocessed."""
        return self.root / "work.rebuilding.duckdb"

    @property
    def archive(self) -> Path:
        """What arrived, by the SHA-256 of its bytes."""
        return self.root / "archive"

    @property
    def releases(self) -> Path:
        """Published releases, one folder each."""
        return self.root / "releases"

    @property
    def current(self) -> Path:
        """Link to the release readers open."""
        return self.root / "current"

    @property
    def exchange(self) -> Path:
        """What the workers of a cluster hand to each other, where no other place is named."""
        return self.root / "exchange"

    @property
    def lock(self) -> Path:
        """Held by the one run at work."""
        return self.root / "lock"

    @property
    def metrics(self) -> Path:
        """How the last run went, for Prometheus."""
        return self.root / "metrics.prom"

    @property
    def notified(self) -> Path:
        """What people were told last."""
        return self.root / "notified.json"

    def owns(self, path: str) -> bool:
        """Whether a path without links is one of the files a home keeps for itself: it reads none of them."""
        below = path.removeprefix(f"{self.root}{os.sep}")
        name = below.partition(os.sep)[0]
        return below != path and (name in OWN or name.startswith(DATABASES))

    def make(self) -> None:
        """Make the folders that are missing, readable by their owner alone."""
        for folder in (self.root, self.archive, self.releases):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def home(given: str | None) -> Home:
    """The home named on the command line, else by WENCANG_HOME, else ./var."""
    return Home(Path(given or os.environ.get("WENCANG_HOME") or "var").resolve())


def now_utc() -> datetime:
    """The time of day, UTC. The only clock that is read."""
    return datetime.now(UTC).replace(tzinfo=None)


def tonight() -> date:
    """The business date of a run that names no night."""
    return business_date(now_utc())


def business_date(moment_utc: datetime) -> date:
    """The date in Shanghai at a moment given in UTC, wherever this machine stands."""
    return moment_utc.replace(tzinfo=UTC).astimezone(BUSINESS_ZONE).date()


def quiet_engines(place: Home) -> None:
    """Keep the engines' own state inside the home and their telemetry off, unless the user decided otherwise."""
    os.environ.setdefault("PREFECT_HOME", str(place.root / "prefect"))
    # The terminal is ours; a Prefect server that keeps logs still gets them.
    os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "CRITICAL")
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("DO_NOT_TRACK", "1")
    # What runs on this machine is asked by itself, whatever proxy stands between it and the world.
    named = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    if named != "*":
        besides = ",".join(dict.fromkeys(filter(None, (*named.split(","), "127.0.0.1", "localhost"))))
        os.environ |= {"no_proxy": besides, "NO_PROXY": besides}
    # Readings of single characters are all we ask for; the phrases take a third of a second in every process.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def cramped() -> int | None:
    """Bytes of address space this process may have, if that is too little (`ulimit -v`); None where it is not.

    The engines reserve far more than they use, and end the process without a word where they cannot.
    """
    allowed = resource.getrlimit(resource.RLIMIT_AS)[0]
    return allowed if 0 <= allowed < ADDRESS_BYTES else None


def share_cores(processes: int) -> None:
    """Give each of the processes started from now on its share of threads; polars of this process has its own."""
    os.environ["POLARS_MAX_THREADS"] = str(max(1, cores() // processes))
    # What one step gave back the next one takes, for a second: asking the kernel at once costs a third of a worker's
    # time, keeping it for longer a third of its memory. The first is for polars, in one arena, as nearly all is asked
    # for by one thread; the others for numpy, whose arrays of up to 32 MiB (the most glibc allows) come from the heap.
    os.environ.setdefault("_RJEM_MALLOC_CONF", "narenas:1,dirty_decay_ms:1000,muzzy_decay_ms:0")
    os.environ.setdefault("MALLOC_MMAP_THRESHOLD_", str(32 << 20))
    os.environ.setdefault("MALLOC_TRIM_THRESHOLD_", str(64 << 20))
    os.environ.setdefault("MALLOC_TOP_PAD_", str(16 << 20))
