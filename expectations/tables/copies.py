"""What must hold of core.copies as a whole."""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation

from expectations.severity import fail_rows, warn_rows


def expectations() -> list[Expectation]:
    """Every document belongs to one article, every article has one survivor."""
    return [
        fail_rows(
            "articles without exactly one original",
            "an article has exactly one survivor, itself of that article",
            """
                select article_id from {batch}
                group by article_id
                having count(distinct survivor_document_id) <> 1
                    or count(*) filter (where verdict = 'original') <> 1
                    or count(*) filter (where document_id = survivor_document_id and verdict = 'original') <> 1
            """,
        ),
        fail_rows(
            "canonical documents without an article",
            "a document that was accepted is published or a copy: none may be lost here",
            """
                select document_id from core.canonical_documents
                where document_id not in (select document_id from {batch})
            """,
        ),
        warn_rows(
            "clusters of more than 200 different texts",
            "a cluster of hundreds of edited copies is usually a slogan that slipped through cleaning",
            """
                select article_id from {batch} group by article_id having count(distinct body_hash) > 200
            """,
        ),
    ]
