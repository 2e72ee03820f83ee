"""What must hold of core.copies as a whole."""

from __future__ import annotations

import great_expectations.expectations as gxe
from great_expectations.expectations.expectation import Expectation

from expectations.severity import fail, warn


def expectations() -> list[Expectation]:
    """Every article has one survivor, and copies stay copies."""
    return [
        fail(
            gxe.UnexpectedRowsExpectation,
            "an article has exactly one survivor, itself of that article",
            description="articles without exactly one original",
            unexpected_rows_query="""
                select article_id from {batch} group by article_id
                having count(distinct survivor_document_id) <> 1
                    or count(*) filter (where verdict = 'original') <> 1
                    or count(*) filter (where document_id = survivor_document_id and verdict = 'original') <> 1
            """,
        ),
        warn(
            gxe.UnexpectedRowsExpectation,
            "a cluster of hundreds of copies is usually a slogan that slipped through cleaning",
            description="clusters of more than 200 documents",
            unexpected_rows_query="select article_id from {batch} group by article_id having count(*) > 200",
        ),
    ]
