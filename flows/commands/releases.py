"""wencang releases, rollback, verify, gc: what readers see, and going back to it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from flows.commands.current import nothing_yet
from flows.conductor import alone
from flows.endings import IO, OK, USAGE, Trouble, emit
from flows.reporting import log
from flows.reporting.wording import counted
from flows.settings import Home
from warehouse import sealed, shelf


def releases(options: argparse.Namespace, home: Home) -> int:
    """List the sealed releases, oldest first."""
    current = shelf.current_id(home.current)
    rows: list[dict[str, Any]] = [
        {
            "release_id": name,
            "night": told["night"],
            "built_at_utc": told["built_at_utc"],
            "articles": told["tables"]["marts.fct_article"]["rows"],
            "is_current": name == current,
        }
        for name, told in shelf.told(home.releases)
    ]
    if options.json:
        emit(rows)
        return OK
    for row in rows:
        mark = "→" if row["is_current"] else " "
        print(f"{mark} {row['release_id']}  night {row['night']}  {counted(row['articles'], 'article')}")
    if not rows:
        damaged = current is not None or shelf.folders(home.releases)
        told = "no release of {} can be read; see `wencang doctor`" if damaged else "nothing is published in {} yet"
        print(told.format(home.root))
    return OK


def chosen(home: Home, name: str | None) -> str:
    """The release asked for, else the current one. Raises Trouble, and shelf.NoManifest where that tells why."""
    found = name or shelf.current_id(home.current)
    if found is None:
        raise nothing_yet(home)
    if found not in shelf.listed(home.releases):
        if found in (*shelf.folders(home.releases), shelf.current_id(home.current)):
            shelf.manifest(home.releases / found)
        raise Trouble(USAGE, f"{found!r} is no release of {home.root}; see `wencang releases`")
    return found


def verify(options: argparse.Namespace, home: Home) -> int:
    """Recompute every digest of a release."""
    name = chosen(home, options.id)
    wrong = sealed.verify(home.releases / name)
    if options.json:
        emit({"release_id": name, "holds": not wrong, "differences": wrong})
    elif not wrong:
        tables = shelf.manifest(home.releases / name)["tables"].values()
        rows = counted(sum(table["rows"] for table in tables), "row")
        print(f"{name} holds: {counted(len(tables), 'table')}, {rows}, every digest as sealed")
    else:
        print("\n".join(wrong))
    if wrong:
        log.say(
            "trouble", f"{name} is damaged in {counted(len(wrong), 'place')}; `wencang rollback` goes back to another"
        )
    return IO if wrong else OK


def rollback(options: argparse.Namespace, home: Home) -> int:
    """Flip back to an earlier release; the one left stays where it is."""
    way_back(home, options.id)
    with alone(home, verb="rollback"):
        before, target = shelf.current_id(home.current), way_back(home, options.id)
        if not sealed.bytes_as_sealed(home.releases / target):
            raise Trouble(IO, f"{target} is damaged, readers stay on {before}; see `wencang releases` for another")
        shelf.flip(home.current, target)
    if options.json:
        emit({"release_id": target, "left": before})
    else:
        print(f"readers now see {target} (was {before}); the next run publishes all that has come in again")
    return OK


def way_back(home: Home, name: str | None) -> str:
    """The release asked for, else the one before the current; the last there is where that cannot be told. Raises Trouble."""
    there, current = shelf.listed(home.releases), shelf.current_id(home.current)
    if name or not there:
        return chosen(home, name)
    return parent_of(home, current) if current in there else there[-1]


def parent_of(home: Home, name: str) -> str:
    """The release before this one. Raises Trouble if there is none."""
    parent = shelf.manifest(home.releases / name)["parent_release_id"]
    if parent is None:
        raise Trouble(USAGE, f"there is no release before {name}, it is the first; see `wencang releases`")
    if parent not in shelf.listed(home.releases):
        raise Trouble(USAGE, f"{parent}, the release before {name}, is gone; name another, see `wencang releases`")
    return str(parent)


def gc(options: argparse.Namespace, home: Home) -> int:
    """Remove all releases but the last one of each of the newest nights, the current one and the one before it."""
    chosen(home, None)
    with alone(home, verb="gc"):
        removed, in_use = shelf.prune(home.releases, chosen(home, None), options.keep)
    if options.json:
        emit({"removed": removed, "in_use": in_use})
    else:
        print(pruned(home, removed, in_use))
    return OK


def pruned(home: Home, removed: Sequence[str], in_use: Sequence[str]) -> str:
    """What became of old releases, in one line."""
    still = f", {len(in_use)} of them because somebody reads them" if in_use else ""
    return f"removed {counted(len(removed), 'release')}, kept {len(shelf.listed(home.releases))}{still}"
