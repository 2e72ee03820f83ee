"""What must hold of core.mentions as a whole."""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation

from expectations.sample import LOOKED_UP, where_they_say
from expectations.severity import fail_rows, warn_rows


def expectations() -> list[Expectation]:
    """A mention is where it says it is."""
    return [
        where_they_say(
            "mentions",
            "entity_id",
            "surface",
            "first_offset",
            "first_offset + length(surface)",
            in_body="first_offset is not null",
        ),
        warn_rows(
            "roles and affiliations that no body states",
            "both are literal: the body holds them",
            f"""
                select found.document_id, found.entity_id
                from {{batch}} as found
                join {LOOKED_UP} as documents using (document_id)
                where not coalesce(contains(documents.body_hans, found.role_hans), true)
                    or not coalesce(contains(documents.body_hans, found.affiliation_hans), true)
            """,
        ),
        fail_rows(
            "affiliations with what the article does not name",
            "the published key leads to an entity of the same article",
            """
                select found.document_id, found.entity_id
                from {batch} as found
                anti join {batch} as named
                    on named.document_id = found.document_id and named.entity_id = found.affiliation_id
                where found.affiliation_id is not null
            """,
        ),
        warn_rows(
            "articles that name no one",
            "when most articles name nobody and nothing, the gazetteer or the segmenter is gone",
            """
                select 1
                from core.articles
                having count(*) >= 50 and count(*) > 2 * (select count(distinct document_id) from {batch})
            """,
        ),
    ]
