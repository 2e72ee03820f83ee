"""wencang plan: what a run would do; changes nothing."""

from __future__ import annotations

import argparse
import hashlib

from flows.commands.run import delivered, there
from flows.endings import NO_INPUT, OK, Trouble, emit
from flows.settings import Home, tonight
from warehouse import sealed, shelf


def plan(options: argparse.Namespace, home: Home) -> int:
    """Count files, bytes, and which of them are new, changed or known."""
    there(options.paths)
    deliveries = delivered(home, options.paths, options.source, tonight())
    if all(delivery.is_empty for delivery in deliveries):
        raise Trouble(NO_INPUT, f"no files in {' '.join(options.paths) or 'any source'}")
    known = known_files(home)
    names = {(source, name) for source, name, _ in known}
    counts = {"files": 0, "bytes": 0, "new": 0, "changed": 0, "known": 0}
    counts["addresses"] = sum(len(delivery.addresses) for delivery in deliveries)
    for delivery in deliveries:
        for file in delivery.files:
            data = file.path.read_bytes() if file.refusal is None else b""
            key = (delivery.source_id, file.file_name)
            digest = hashlib.sha256(data).hexdigest()
            state = "known" if (*key, digest) in known else "changed" if key in names else "new"
            counts["files"] += 1
            counts["bytes"] += len(data)
            counts[state] += 1
    if options.json:
        emit(counts)
    else:
        asked = ", {addresses} addresses to ask" if counts["addresses"] else ""
        print(("{files} files, {bytes} bytes: {new} new, {changed} changed, {known} known" + asked).format(**counts))
    return OK


def known_files(home: Home) -> set[tuple[str, str, str]]:
    """(source, file name, digest) of every file the current release knows."""
    path = home.current / shelf.FILE
    if not path.exists():
        return set()
    reader = sealed.Reader(path)
    rows = reader.rows("select distinct source_id, file_name, file_sha256 from meta.ledger")
    reader.close()
    return {(row["source_id"], row["file_name"], row["file_sha256"]) for row in rows}
