"""What must hold of core.figures as a whole."""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation

from expectations.sample import where_they_say
from expectations.severity import warn_rows


def expectations() -> list[Expectation]:
    """A figure reads what it says it reads."""
    return [
        where_they_say("figures", "ordinal", "text", "start_offset", "end_offset", in_body="where_found = 'body'"),
        warn_rows(
            "bounds the wrong way round",
            "a lower bound is not above its upper bound unless the text is suspect",
            """
                select * from {batch} where value_min > value_max and not is_suspect
            """,
            of_rows=True,
        ),
    ]
