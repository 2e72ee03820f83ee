"""The shelf of releases: sealed folders, the link readers follow, the manifest of each. Plain files, no engine."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

from warehouse.faults import point

FILE = "warehouse.duckdb"


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fsync(path: Path) -> None:
    """Make a file or folder durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def seal(building: Path, releases: Path, release_id: str) -> Path:
    """Make everything in `building` read-only and durable, and give it its final name."""
    for path in sorted(building.rglob("*"), reverse=True):
        if path.is_file():
            path.chmod(0o444)
        point("publish:fsync")
        fsync(path)
    fsync(building)
    sealed = releases / release_id
    point("publish:rename")
    building.rename(sealed)
    point("publish:renamed")
    fsync(releases)
    return sealed


def flip(current: Path, release_id: str) -> None:
    """Let readers who open `current` from now on see this release: one atomic rename of a link."""
    fresh = current.with_name(".current.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(Path("releases") / release_id)
    point("publish:flip")
    fresh.replace(current)
    point("publish:flip-fsync")
    fsync(current.parent)


def current_id(current: Path) -> str | None:
    """The release readers see, None before the first."""
    return current.readlink().name if current.is_symlink() else None


def manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a release."""
    return dict(json.loads((folder / "manifest.json").read_text(encoding="utf-8")))


def listed(releases: Path) -> list[str]:
    """Every sealed release, oldest first; half-built ones have a leading dot."""
    if not releases.exists():
        return []
    found = [p.name for p in releases.iterdir() if not p.name.startswith(".") and (p / "manifest.json").exists()]
    return sorted(found, key=lambda name: (manifest(releases / name)["built_at_utc"], name))


def last_of_nights(releases: Path, count: int) -> list[str]:
    """The release built last for each of the newest `count` nights, newest night first."""
    last = {str(manifest(releases / name)["night"]): name for name in listed(releases)}
    return [last[night] for night in sorted(last, reverse=True)[:count]]


def sweep(releases: Path) -> None:
    """Remove what a killed run left half-built."""
    if releases.exists():
        for path in releases.glob(".building*"):
            shutil.rmtree(path)


def is_open(folder: Path) -> bool:
    """Whether a process of this machine that we may look into holds a file of this release open; False off Linux."""
    place = f"{folder.resolve()}{os.sep}"
    for handle in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if str(handle.readlink()).startswith(place):
                return True
        except OSError:
            # The process has gone, or is somebody else's.
            continue
    return False
