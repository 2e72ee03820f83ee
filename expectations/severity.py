"""How bad a broken expectation is: `fail` blocks publication, `warn` is told."""

from __future__ import annotations

from typing import Any, TypeVar

from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.metadata_types import FailureSeverity

from expectations.no_rows import ExpectNoRows

E = TypeVar("E", bound=Expectation)
# Note of an expectation that holds of each row, or of the rows of one unit, whatever the others say.
OF_ROWS = "of_rows"


def fail(expectation: type[E], why: str, **arguments: Any) -> E:
    """An expectation of every row without which nothing is published."""
    return expectation(severity=FailureSeverity.CRITICAL, meta={"why": why, OF_ROWS: True}, **arguments)


def no_rows(severity: FailureSeverity, what: str, why: str, query: str, *, of_rows: bool = False) -> Expectation:
    """An expectation that a query finds nothing. `query` reads `{batch}`; literal braces are doubled.

    `of_rows`: what it finds among some rows does not depend on any others but those of the same first column of the
    primary key. Such an expectation is asked only of rows that have come since it last held.
    """
    meta = {"why": why, OF_ROWS: of_rows}
    return ExpectNoRows(unexpected_rows_query=query, description=what, severity=severity, meta=meta)


def fail_rows(what: str, why: str, query: str, *, of_rows: bool = False) -> Expectation:
    """Nothing is published while the query finds a row."""
    return no_rows(FailureSeverity.CRITICAL, what, why, query, of_rows=of_rows)


def warn_rows(what: str, why: str, query: str, *, of_rows: bool = False) -> Expectation:
    """People hear of it when the query finds a row."""
    return no_rows(FailureSeverity.WARNING, what, why, query, of_rows=of_rows)


def is_of_rows(expectation: Expectation) -> bool:
    """Whether an expectation can be asked of some rows alone."""
    return bool((expectation.meta or {}).get(OF_ROWS))
