"""wencang releases, rollback, verify, gc: what readers see, and going back to it."""

from __future__ import annotations

import argparse
import shutil

from flows.endings import BUSY, IO, NO_INPUT, OK, USAGE, Trouble, emit
from flows.lock import Busy, held
from flows.settings import Home
from warehouse import sealed, shelf


def releases(options: argparse.Namespace, home: Home) -> int:
    """List the sealed releases, oldest first."""
    current = shelf.current_id(home.current)
    rows = [
        {
            "release_id": name,
            "night": told["night"],
            "built_at_utc": told["built_at_utc"],
            "articles": told["tables"]["marts.fct_article"]["rows"],
            "is_current": name == current,
        }
        for name in shelf.listed(home.releases)
        for told in [shelf.manifest(home.releases / name)]
    ]
    if options.json:
        emit(rows)
    for row in [] if options.json else rows:
        mark = "→" if row["is_current"] else " "
        print(f"{mark} {row['release_id']}  night {row['night']}  {row['articles']} articles")
    return OK


def chosen(home: Home, name: str | None) -> str:
    """The release asked for, else the current one. Raises Trouble."""
    found = name or shelf.current_id(home.current)
    if found is None:
        raise Trouble(NO_INPUT, f"nothing is published in {home.root} yet; `wencang run` first")
    if found not in shelf.listed(home.releases):
        raise Trouble(USAGE, f"{found!r} is no release of {home.root}; see `wencang releases`")
    return found


def verify(options: argparse.Namespace, home: Home) -> int:
    """Recompute every digest of a release."""
    name = chosen(home, options.id)
    wrong = sealed.verify(home.releases / name)
    if options.json:
        emit({"release_id": name, "holds": not wrong, "differences": wrong})
    elif wrong:
        print("\n".join(wrong))
    else:
        tables = shelf.manifest(home.releases / name)["tables"]
        print(
            f"{name} holds: {len(tables)} tables, {sum(t['rows'] for t in tables.values())} rows, every digest as sealed"
        )
    if wrong:
        raise Trouble(IO, f"{name} is damaged in {len(wrong)} places; `wencang rollback` goes back to another")
    return OK


def earlier(home: Home, name: str) -> str:
    """The release before one. Raises Trouble if there is none."""
    parent = shelf.manifest(home.releases / name)["parent_release_id"]
    if parent is None:
        raise Trouble(USAGE, f"{name} is the first release of {home.root}: nothing lies before it")
    return str(parent)


def rollback(options: argparse.Namespace, home: Home) -> int:
    """Flip back to an earlier release; the one left stays where it is."""
    try:
        with held(home.lock, verb="rollback"):
            before = chosen(home, None)
            target = chosen(home, options.id or earlier(home, before))
            shelf.flip(home.current, target)
    except Busy as busy:
        raise Trouble(BUSY, f"{busy}; wait for it to end") from None
    if options.json:
        emit({"release_id": target, "left": before})
    else:
        print(f"readers now see {target} (was {before}); the next run that brings anything new publishes on")
    return OK


def gc(options: argparse.Namespace, home: Home) -> int:
    """Remove the oldest releases beyond those to keep."""
    if options.keep < 1:
        raise Trouble(USAGE, "--keep takes 1 or more")
    try:
        with held(home.lock, verb="gc"):
            current = chosen(home, None)
            spared = {current, shelf.manifest(home.releases / current)["parent_release_id"]}
            old = [name for name in shelf.listed(home.releases)[: -options.keep] if name not in spared]
            for name in old:
                shutil.rmtree(home.releases / name)
            shelf.sweep(home.releases)
    except Busy as busy:
        raise Trouble(BUSY, f"{busy}; wait for it to end") from None
    if options.json:
        emit({"removed": old})
    else:
        print(f"removed {len(old)} releases, kept {len(shelf.listed(home.releases))}")
    return OK
