"""What must hold of core.keywords as a whole."""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation

from expectations.severity import fail_rows


def expectations() -> list[Expectation]:
    """Keywords are few and ranked."""
    return [
        fail_rows(
            "ranks with gaps or more than ten",
            "the first keyword has rank 1, the last at most 10",
            """
                select document_id from {batch}
                group by document_id
                having max(rank) > 10 or min(rank) <> 1 or count(distinct rank) <> count(*)
            """,
        ),
    ]
