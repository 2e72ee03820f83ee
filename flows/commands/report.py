"""wencang report: what the report of the current release says, and where it lies."""

from __future__ import annotations

import argparse
import json

from flows.endings import NO_INPUT, OK, Trouble, emit
from flows.settings import Home


def report(options: argparse.Namespace, home: Home) -> int:
    """Print the report as JSON, or its path and headline."""
    path = home.current / "report.json"
    if not path.exists():
        raise Trouble(NO_INPUT, f"nothing is published in {home.root} yet; `wencang run` first")
    told = json.loads(path.read_text(encoding="utf-8"))
    if options.json:
        emit(told)
        return OK
    print(f"{told['manifest']['release_id']}: {told['fates']}, {len(told['expectations'])} expectations do not hold")
    print(home.current / "report.html")
    return OK
