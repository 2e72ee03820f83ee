"""What must hold of core.stories as a whole."""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation

from expectations.severity import fail_rows, warn_rows


def expectations() -> list[Expectation]:
    """Every article is in one story, every story is named for one of its articles."""
    return [
        fail_rows(
            "articles without a story",
            "an article that stands alone is a story of one: none may be lost here",
            """
                select document_id from core.survivors
                where document_id not in (select document_id from {batch})
            """,
        ),
        fail_rows(
            "stories not named for an article of theirs",
            "a story is named for its article of the first night",
            """
                select story_id from {batch}
                group by story_id
                having count(*) filter (where article_id = story_id) <> 1
            """,
        ),
        warn_rows(
            "stories of more than 500 articles",
            "a story of hundreds of articles is usually a running head that slipped through cleaning",
            """
                select story_id from {batch} group by story_id having count(*) > 500
            """,
        ),
    ]
