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
                select document_id
                from core.segmentations
                where length(body_words) >= 100 and rowid in (
                    select words.rowid
                    from core.segmentations as words
                    semi join (select document_id from {batch} where tokens = '') as wordless using (document_id)
                    union all
                    select words.rowid
                    from core.segmentations as words
                    anti join core.search_tokens using (document_id)
                )
            """,
            of_rows=True,
        ),
    ]
