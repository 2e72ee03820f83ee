"""The shelf of releases: sealed folders, the link readers follow, the manifest of each. Plain files, no engine."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from warehouse.faults import point

FILE = "warehouse.duckdb"


class NoManifest(OSError):
    """The manifest of a release is missing, or cannot be read."""


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


def seal(building: Path, releases: Path, release_id: str) -> None:
    """Make everything in `building` read-only and durable, and give it its final name."""
    for path in sorted(building.rglob("*"), reverse=True):
        if path.is_file():
            path.chmod(0o444)
        point("publish:fsync")
        fsync(path)
    fsync(building)
    point("publish:rename")
    building.rename(releases / release_id)
    point("publish:renamed")
    fsync(releases)


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


def current_folder(current: Path) -> Path | None:
    """The folder of the release readers see, None before the first and where somebody has removed it."""
    return current.resolve() if current.is_symlink() and current.exists() else None


def manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a release. Raises NoManifest."""
    path = folder / "manifest.json"
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise NoManifest(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise NoManifest(f"{path} cannot be read: {error}") from error
    if not isinstance(told, dict) or not told:
        raise NoManifest(f"{path} tells of no release")
    return cast("dict[str, Any]", told)


def listed(releases: Path) -> list[str]:
    """Every sealed release whose manifest can be read, oldest first; half-built ones have a leading dot."""
    return [name for name, _ in told(releases)]


def told(releases: Path) -> list[tuple[str, dict[str, Any]]]:
    """Each of them with its manifest, read once: it may be removed the next moment."""
    found: list[tuple[str, dict[str, Any]]] = []
    for name in folders(releases):
        with suppress(NoManifest):
            found.append((name, manifest(releases / name)))
    return sorted(found, key=lambda one: (str(one[1]["built_at_utc"]), one[0]))


def folders(releases: Path) -> list[str]:
    """Every folder that bears the name of a release."""
    if not releases.exists():
        return []
    return sorted(path.name for path in releases.iterdir() if path.is_dir() and not path.name.startswith("."))


def last_of_nights(releases: Path, count: int) -> list[str]:
    """The release built last for each of the newest `count` nights, newest night first."""
    last = {str(said["night"]): name for name, said in told(releases)}
    return [last[night] for night in sorted(last, reverse=True)[:count]]


def prune(releases: Path, current: str, nights: int) -> tuple[list[str], list[str]]:
    """Remove all releases but the last one of each of the newest nights, the current one and the one before it.

    Returns those removed, and those that stay only because somebody has them open.
    """
    spared = {current, manifest(releases / current)["parent_release_id"], *last_of_nights(releases, nights)}
    beyond = [name for name in listed(releases) if name not in spared]
    in_use = [name for name in beyond if is_open(releases / name)]
    removed = [name for name in beyond if name not in in_use]
    for name in removed:
        # Out of sight first: killed in between, what is left of it is swept like half a release, and never taken for one.
        (releases / name).rename(releases / f".building-gone-{name}")
    sweep(releases)
    return removed, in_use


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
