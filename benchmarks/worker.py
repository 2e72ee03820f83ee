"""One system at one task, in an environment of its own: `python benchmarks/worker.py MODULE SYSTEM INPUT OUTPUT`.

Needs the standard library and the system. Imports, dictionaries and caches are warmed on a few items first; what the
whole input then costs is written to OUTPUT with the result.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

WARM = 8


def spent() -> float:
    """CPU seconds of this process and of the children it waited for."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def memory(what: str) -> int:
    """KiB of this process as Linux books them: `VmRSS` now, `VmHWM` at most."""
    status = Path("/proc/self/status").read_text("ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(what))


def peak_mib() -> int:
    """Most memory the process, or its largest child, ever had; Linux counts in KiB, macOS in bytes."""
    if not Path("/proc/self/status").exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 20
    # What getrusage says of a process on Linux begins with the memory of whoever started it.
    return max(memory("VmHWM"), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) >> 10


def main(module: str, system: str, given: Path, kept: Path) -> None:
    """Warm up, measure, keep."""
    items: list[Any] = json.loads(given.read_text("utf-8"))
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    work = importlib.import_module(module).SYSTEMS[system]
    work(items[:WARM])
    before, wall = spent(), time.perf_counter()
    result = work(items)
    told = {
        "cpu_seconds": spent() - before,
        "wall_seconds": time.perf_counter() - wall,
        "peak_mib": peak_mib(),
        "result": result,
    }
    kept.write_text(json.dumps(told, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
