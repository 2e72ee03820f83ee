"""What must hold of core.clean_documents as a whole."""

from __future__ import annotations

import great_expectations.expectations as gxe
from great_expectations.expectations.expectation import Expectation

from expectations.severity import fail, warn


def expectations() -> list[Expectation]:
    """Cuts stay inside their document and leave news behind."""
    return [
        fail(
            gxe.UnexpectedRowsExpectation,
            "a cut ends after it begins and is as long as its text",
            description="spans as long as their text",
            unexpected_rows_query="""
                select * from (select document_id, unnest(removed, recursive := true) from {batch})
                where end_offset <= start_offset or end_offset - start_offset <> length(text)
            """,
        ),
        warn(
            gxe.UnexpectedRowsExpectation,
            "a cleaner that takes more than it leaves may be eating news",
            description="more than half of the text cut",
            unexpected_rows_query="""
                select document_id from {batch}
                where list_sum(list_transform(removed, lambda cut: case when cut.category in ('whitespace', 'pinyin') then 0 else length(cut.text) end))
                    > 2 * length(body_original)
            """,
        ),
        warn(
            gxe.UnexpectedRowsExpectation,
            "an article is not published in the future",
            description="publication day after the night",
            unexpected_rows_query="select document_id from {batch} where published_on > night + 2",
        ),
    ]
