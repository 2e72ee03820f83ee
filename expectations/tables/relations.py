"""What must hold of core.relations as a whole."""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation

from expectations.severity import fail_rows


def expectations() -> list[Expectation]:
    """Relations join two different articles."""
    return [
        fail_rows(
            "articles related to themselves",
            "an article has no relation to itself",
            """
                select * from {batch} where article_id = other_article_id
            """,
        ),
        fail_rows(
            "relations of articles that are not there",
            "both ends of a relation are articles",
            """
                select * from {batch}
                where article_id not in (select article_id from core.copies)
                    or other_article_id not in (select article_id from core.copies)
            """,
        ),
    ]
