"""What must hold of core.pairs as a whole."""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation

from expectations.severity import fail_rows


def expectations() -> list[Expectation]:
    """A pair is told once and says one thing."""
    return [
        fail_rows(
            "pairs the wrong way round",
            "the smaller id stands first, so that a pair is one row",
            """
                select * from {batch} where document_id >= other_document_id
            """,
            of_rows=True,
        ),
        fail_rows(
            "copies that are also relations",
            "two documents are one article or two, not both",
            """
                select * from {batch} where is_copy <> (verdict is not null) or (is_copy and relation is not null)
            """,
            of_rows=True,
        ),
    ]
