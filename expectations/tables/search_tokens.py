"""What must hold of core.search_tokens as a whole."""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation

from expectations.severity import warn_rows


def expectations() -> list[Expectation]:
    """What has words can be searched for."""
    return [
        warn_rows(
            "articles no search finds",
            "an article of some length has words in the index; without them nobody finds it",
            """
                select words.document_id
                from core.segmentations as words
                left join {batch} as found using (document_id)
                where length(words.body_words) >= 100 and coalesce(found.tokens, '') = ''
            """,
        ),
    ]
