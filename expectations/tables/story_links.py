"""What must hold of core.story_links as a whole."""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation

from expectations.severity import fail_rows, warn_rows


def expectations() -> list[Expectation]:
    """Links join two articles; that nothing is linked means that the search for pairs broke."""
    return [
        fail_rows(
            "articles linked with themselves",
            "a link joins two articles",
            """
                select document_id from {batch} where document_id = other_document_id
            """,
        ),
        warn_rows(
            "a thousand articles without a link",
            "among a thousand articles of one day some tell of the same event",
            """
                select story_on from core.story_bundles
                where story_on not in (select story_on from {batch})
                group by story_on having count(*) >= 1000
            """,
        ),
    ]
