"""wencang report: what the report of a release says, and where it lies."""

from __future__ import annotations

import argparse
import json

from flows.commands.releases import chosen
from flows.endings import IO, OK, Trouble, emit
from flows.reporting.wording import counted, listed
from flows.settings import Home


def report(options: argparse.Namespace, home: Home) -> int:
    """Print the report as JSON, or its headline and where its page lies."""
    folder = home.releases / chosen(home, options.id)
    path = folder / "report.json"
    if not path.exists():
        raise Trouble(IO, f"{path} is missing; see `wencang doctor`")
    told = json.loads(path.read_text(encoding="utf-8"))
    if options.json:
        emit(told)
        return OK
    broken = counted(len(told["expectations"]), "expectation")
    print(f"{folder.name}: {listed(told['fates'])}; {broken} did not hold")
    print(folder / "report.html")
    return OK
