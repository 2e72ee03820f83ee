"""What must hold of core.summaries as a whole."""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation

from expectations.severity import warn_rows


def expectations() -> list[Expectation]:
    """A summary is the article's own words."""
    return [
        warn_rows(
            "summaries that do not begin with the article's own words",
            "a summary is extracted, never written",
            """
                select found.document_id
                from {batch} as found
                join core.canonical_documents as documents using (document_id)
                where not contains(documents.body_hans, left(found.summary_hans, 12))
            """,
            of_rows=True,
        ),
        warn_rows(
            "most articles without a summary",
            "articles of three sentences and more have a summary; without them the sentence splitter is broken",
            """
                select 1
                from {batch} as found
                join core.canonical_documents as documents using (document_id)
                where documents.sentence_count >= 5
                having count(*) >= 50 and count(found.summary_hans) < 0.5 * count(*)
            """,
        ),
    ]
