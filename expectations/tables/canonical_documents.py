"""What must hold of core.canonical_documents as a whole."""

from __future__ import annotations

import great_expectations.expectations as gxe
from great_expectations.expectations.expectation import Expectation

from expectations.severity import fail, warn


def expectations() -> list[Expectation]:
    """The canonical text is one script and carries no personal data."""
    return [
        fail(
            gxe.UnexpectedRowsExpectation,
            "no e-mail address or mobile number may be published",
            description="personal data in a body",
            unexpected_rows_query=r"""
                select document_id from {batch}
                where regexp_matches(body_hans, '[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z]{{2,}}')
                    or regexp_matches(body_hans, '(^|[^0-9A-Za-z.])1[3-9][0-9]{{9}}($|[^0-9])')
            """,
        ),
        warn(
            gxe.UnexpectedRowsExpectation,
            "a canonical body still holding common Traditional characters was not converted",
            description="Traditional characters in a Simplified body",
            unexpected_rows_query="""
                select document_id from {batch}
                where regexp_matches(body_hans, '[們這對於說會來時國學過當發現實點開關還進與為從後員經問題應無東車長門見]')
            """,
        ),
    ]
