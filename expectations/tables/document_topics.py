"""What must hold of core.document_topics as a whole."""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation

from expectations.severity import fail_rows


def expectations() -> list[Expectation]:
    """Topics share the evidence."""
    return [
        fail_rows(
            "weights that sum to more than one",
            "weights are shares of the evidence",
            """
                select document_id from {batch} group by document_id having sum(weight) > 1.001
            """,
            of_rows=True,
        ),
    ]
