"""What must hold of core.quotes as a whole."""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation

from expectations.sample import where_they_say


def expectations() -> list[Expectation]:
    """A quote reads what it says it reads."""
    return [
        where_they_say("quotes", "ordinal", "text", "start_offset", "end_offset"),
    ]
