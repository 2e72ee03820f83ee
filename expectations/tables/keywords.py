"""What must hold of core.keywords as a whole."""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation

from expectations.severity import fail_rows, warn_rows


def expectations() -> list[Expectation]:
    """Keywords are few and ranked."""
    return [
        fail_rows(
            "ranks with gaps or more than ten",
            "the first keyword has rank 1, the last at most 10",
            """
                select document_id from {batch}
                group by document_id
                having max(rank) > 10 or min(rank) <> 1 or count(distinct rank) <> count(*)
            """,
            of_rows=True,
        ),
        warn_rows(
            "a night that speaks of nothing spoken of before",
            "news returns to its people, places and matters; when hardly any keyword of a night was a keyword of the"
            " nights before, the text is damaged, in another language or about another field",
            """
                with dated as (
                    select keywords.keyword_hans, documents.night
                    from {batch} as keywords
                    join core.canonical_documents as documents using (document_id)
                ),
                tonight as (
                    select keyword_hans from dated where night = (select max(night) from dated)
                ),
                before as (
                    select distinct keyword_hans from dated where night < (select max(night) from dated)
                )
                select count(*) as keywords, count(before.keyword_hans) as known
                from tonight
                left join before using (keyword_hans)
                having (select count(distinct night) from dated) > 3 and count(*) >= 500
                    and count(before.keyword_hans) < 0.2 * count(*)
            """,
        ),
    ]
