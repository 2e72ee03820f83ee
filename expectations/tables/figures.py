"""What must hold of core.figures as a whole."""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation

from expectations.sample import BEGINNING, LOOKED_UP
from expectations.severity import warn_rows


def expectations() -> list[Expectation]:
    """A figure reads what it says it reads."""
    return [
        warn_rows(
            "figures that are not where they say",
            "offsets are literal: the body holds this text at this place",
            f"""
                select found.document_id, found.ordinal
                from {{batch}} as found
                join {LOOKED_UP} as documents using (document_id)
                where found.where_found = 'body'
                    and (found.end_offset <= {BEGINNING} or not documents.is_book)
                    and substr(documents.beginning, found.start_offset + 1, found.end_offset - found.start_offset)
                        <> found.text
            """,
            of_rows=True,
        ),
        warn_rows(
            "bounds the wrong way round",
            "a lower bound is not above its upper bound unless the text is suspect",
            """
                select * from {batch} where value_min > value_max and not is_suspect
            """,
            of_rows=True,
        ),
    ]
