"""What must hold of raw.documents as a whole."""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation

from expectations.severity import warn_rows


def expectations() -> list[Expectation]:
    """What was read, was read right."""
    return [
        warn_rows(
            "more than a twentieth of a source decoded with losses",
            "characters lost in decoding point to a wrong declaration or a damaged transfer",
            """
                select source_id from {batch}
                group by source_id
                having count(*) >= 20 and avg((encoding like '%-lossy')::INTEGER) > 0.05
            """,
        ),
        warn_rows(
            "sources with hardly any text",
            "bodies of a few characters mean that the wrong field is read",
            """
                select source_id from {batch}
                group by source_id
                having count(*) >= 20 and median(length(text)) < 20
            """,
        ),
    ]
