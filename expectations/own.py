"""Expectations a user adds without touching code: `expectations/*.yaml` of a home."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import great_expectations.expectations as gxe
import yaml
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.metadata_types import FailureSeverity

from expectations.severity import no_rows

SEVERITIES = {"fail": FailureSeverity.CRITICAL, "warn": FailureSeverity.WARNING}
HELP = "see docs/expectations.md"


class Unusable(Exception):
    """A file of expectations cannot be used: says which, where and why."""


def read(folder: Path) -> dict[str, list[Expectation]]:
    """{table: expectations} of every YAML file in a folder, none if there is no such folder. Raises Unusable.

    A file holds `table` and a list `expectations`, each with `severity` (fail or warn), `why`, and either `type` (a
    class of Great Expectations, its arguments beside it) or `no_rows` (a query over `{batch}` that must find nothing).
    """
    found: dict[str, list[Expectation]] = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            told = yaml.safe_load(path.read_text(encoding="utf-8"))
            found.setdefault(told["table"], []).extend(built(dict(row)) for row in told["expectations"])
        except KeyError as error:
            raise Unusable(f"{path}: {error} is missing, or none of the words that may stand there; {HELP}") from None
        except (yaml.YAMLError, TypeError, AttributeError, ValueError) as error:
            raise Unusable(f"{path}: {type(error).__name__}: {error}; {HELP}") from None
    return found


def built(row: dict[str, Any]) -> Expectation:
    """One expectation from its YAML form."""
    severity, why = SEVERITIES[row.pop("severity")], row.pop("why")
    if "no_rows" in row:
        return no_rows(severity, row.get("what", why), why, row["no_rows"])
    kind: Any = getattr(gxe, row.pop("type"))
    return kind(severity=severity, meta={"why": why}, **row)
