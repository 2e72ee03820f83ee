"""How bad a broken expectation is: `fail` blocks publication, `warn` is told."""

from __future__ import annotations

from typing import Any, TypeVar

from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.metadata_types import FailureSeverity

E = TypeVar("E", bound=Expectation)


def fail(expectation: type[E], why: str, **arguments: Any) -> E:
    """An expectation without which nothing is published."""
    return expectation(severity=FailureSeverity.CRITICAL, meta={"why": why}, **arguments)


def warn(expectation: type[E], why: str, **arguments: Any) -> E:
    """An expectation whose breach people should hear of."""
    return expectation(severity=FailureSeverity.WARNING, meta={"why": why}, **arguments)
