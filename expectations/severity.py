"""How bad a broken expectation is: `fail` blocks publication, `warn` is told."""

from __future__ import annotations

from typing import Any, TypeVar

from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.metadata_types import FailureSeverity

from expectations.no_rows import ExpectNoRows

E = TypeVar("E", bound=Expectation)


def fail(expectation: type[E], why: str, **arguments: Any) -> E:
    """An expectation without which nothing is published."""
    return expectation(severity=FailureSeverity.CRITICAL, meta={"why": why}, **arguments)


def warn(expectation: type[E], why: str, **arguments: Any) -> E:
    """An expectation whose breach people should hear of."""
    return expectation(severity=FailureSeverity.WARNING, meta={"why": why}, **arguments)


def no_rows(severity: FailureSeverity, what: str, why: str, query: str) -> Expectation:
    """An expectation that a query finds nothing. `query` reads `{batch}`; literal braces are doubled."""
    return ExpectNoRows(unexpected_rows_query=query, description=what, severity=severity, meta={"why": why})


def fail_rows(what: str, why: str, query: str) -> Expectation:
    """Nothing is published while the query finds a row."""
    return no_rows(FailureSeverity.CRITICAL, what, why, query)


def warn_rows(what: str, why: str, query: str) -> Expectation:
    """People hear of it when the query finds a row."""
    return no_rows(FailureSeverity.WARNING, what, why, query)
