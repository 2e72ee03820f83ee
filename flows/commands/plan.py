"""wencang plan: what a run would do, and what the rules of today would change in what is there; changes nothing."""

from __future__ import annotations

import argparse
import hashlib
import os
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import seeds
from flows import lock
from flows.commands.arriving import declared, delivered, nothing_in, refuse_samples, there
from flows.conductor import alone
from flows.endings import NO_INPUT, OK, Trouble, emit
from flows.readers.opened import InputFile, RejectedFile, regular
from flows.reporting.wording import counted
from flows.settings import CHUNK_BYTES, Home, tonight
from warehouse import sealed, shelf
from warehouse.store import sql

if TYPE_CHECKING:
    from flows.history.rule_changes import Drift
    from flows.intake.delivery import Delivery

SHOWN_ARTICLES = 20


def plan(options: argparse.Namespace, home: Home) -> int:
    """Count files, bytes, and which of them are new, changed or known; name the articles changed rules touch."""
    there(options.paths)
    deliveries = delivered(home, options.paths, options.source, tonight())
    if all(delivery.is_empty for delivery in deliveries):
        raise Trouble(NO_INPUT, nothing_in(deliveries, options.paths))
    known = known_files(home)
    if not (options.paths or options.source) and any(source != "sample" for source, _, _ in known):
        refuse_samples(home)
    counts = compared_with(known, deliveries)
    rules = rules_told(home)
    if options.json:
        emit(counts | {"silent": silent(deliveries), "rules": rules})
    else:
        files, size = counted(counts["files"], "file"), counted(counts["bytes"], "byte")
        asked = f", {counted(counts['addresses'], 'address', 'addresses')} to ask" if counts["addresses"] else ""
        known_to_us = f"{counts['new']:,} new, {counts['changed']:,} changed, {counts['known']:,} known"
        print(f"{files}, {size}: {known_to_us}{asked}")
        for line in [*silent(deliveries), *lines(rules)]:
            print(line)
    return OK


def compared_with(known: set[tuple[str, str, str]], deliveries: Sequence[Delivery]) -> dict[str, int]:
    """How many files, bytes and addresses there are, and how many of the files are new, changed or known."""
    names = {(source, name) for source, name, _ in known}
    counts = {"files": 0, "bytes": 0, "new": 0, "changed": 0, "known": 0}
    counts["addresses"] = sum(len(delivery.addresses) for delivery in deliveries)
    for delivery in deliveries:
        for file in delivery.files:
            key = (delivery.source_id, file.file_name)
            counts["files"] += 1
            try:
                size, digest = measured(file)
            except (OSError, RejectedFile):
                # Nothing that can be read, or not any more: so a run would find it, too.
                counts["known" if key in names else "new"] += 1
                continue
            counts["bytes"] += size
            counts["known" if (*key, digest) in known else "changed" if key in names else "new"] += 1
    return counts


def measured(file: InputFile) -> tuple[int, str]:
    """The size of a file and the digest of its bytes. Raises RejectedFile, OSError."""
    if file.refusal is not None:
        raise RejectedFile("unreadable_file", file.refusal)
    with regular(file.path) as stream:
        return os.fstat(stream.fileno()).st_size, hashlib.file_digest(stream, "sha256").hexdigest()


def silent(deliveries: Sequence[Delivery]) -> list[str]:
    """The sources that would bring nothing, and why."""
    return [f"source {delivery.source_id}: {delivery.trouble}" for delivery in deliveries if delivery.trouble]


def known_files(home: Home) -> set[tuple[str, str, str]]:
    """(source, file name, digest) of every file the current release knows."""
    path = home.current / shelf.FILE
    if not path.exists():
        return set()
    reader = sealed.Reader(path)
    rows = reader.rows("select distinct source_id, file_name, file_sha256 from meta.ledger")
    reader.close()
    return {(row["source_id"], row["file_name"], row["file_sha256"]) for row in rows}


def rules_told(home: Home) -> dict[str, Any]:
    """{state, reference_digest} and, where rules have changed since, what and whom that touches.

    `state`: 'none' (nothing is done yet), 'busy' (a run is at work), 'older' (the next run upgrades the home first),
    'same', 'changed'.
    """
    told: dict[str, Any] = {"state": "none", "reference_digest": seeds.digest()}
    if not home.work.exists():
        return told
    if lock.holder(home.lock) is not None:
        return told | {"state": "busy"}
    with alone(home, verb="plan"):
        found = compared(home)
    if found is None:
        return told | {"state": "older"}
    if not found.stages:
        return told | {"state": "same"}
    articles = articles_of(home, found.documents)
    return told | asdict(found) | {"state": "changed", "documents": sorted(found.documents), "articles": articles}


def compared(home: Home) -> Drift | None:
    """What the rules of today would change, None if the working database is of an older version. Raises Trouble."""
    from flows import reference
    from flows.history.rule_changes import drift
    from flows.runner import Night
    from flows.work import is_current
    from warehouse.store import Store

    store = Store(home.work, read_only=True)
    try:
        if not is_current(store):
            return None
        if not reference.is_known(store, digest := seeds.digest()):
            reference.check(digest)
        night = Night("plan", tonight(), store, CHUNK_BYTES, {"sources": declared(home)})
        return drift(night)
    finally:
        store.close()


def articles_of(home: Home, documents: set[str]) -> list[dict[str, Any]]:
    """The published articles documents belong to."""
    path = home.current / shelf.FILE
    if not path.exists():
        return []
    reader = sealed.Reader(path)
    try:
        return reader.rows(sql("ask/touched"), {"documents": sorted(documents)})
    finally:
        reader.close()


def lines(rules: dict[str, Any]) -> list[str]:
    """What is said of the rules to people."""
    sayings = {
        "none": [],
        "busy": ["rules: a run is at work, ask again when it is done"],
        "older": ["rules: the home is of an earlier version, the next run upgrades it"],
        "same": ["rules: as when everything here was done"],
    }
    if rules["state"] != "changed":
        return sayings[rules["state"]]
    told = [
        f"rules: {change['seed']} has {counted(len(change['added']), 'other row')} now: {named(change['added'] or change['removed'])}"
        for change in rules["changes"]
    ]
    told.append(
        f"{counted(len(rules['documents']), 'document')} would read otherwise after {', '.join(rules['stages'])}:"
        f" {counted(len(rules['articles']), 'article')}; `wencang run --rebuild` reprocesses everything"
    )
    told += [f"  {row['article_id']}  {row['title_hans']}" for row in rules["articles"][:SHOWN_ARTICLES]]
    return told


def named(rows: list[str], most: int = 5) -> str:
    """The first few names."""
    return ", ".join(rows[:most]) + (", …" if len(rows) > most else "")
