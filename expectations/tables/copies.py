"""What must hold of core.copies as a whole."""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation

from expectations.severity import fail_rows, warn_rows
from expectations.trailing import USUAL_SHARE


def expectations() -> list[Expectation]:
    """Every document belongs to one article, every article has one survivor; sources stay what they are."""
    return [*_of_fates(), *_of_shares()]


def _of_fates() -> list[Expectation]:
    """Every record and document has one."""
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
        fail_rows(
            "records without a fate",
            "every record is held back, taken back, published or a copy: nothing may be lost on the way here",
            """
                with fates as (
                    select record_id from ops.quarantine where fate <> 'none'
                    union all
                    select record_id from raw.documents where is_retraction
                    union all
                    select record_id from raw.documents semi join {batch} using (document_id)
                    union all
                    select documents.record_id
                    from raw.documents as documents
                    join ops.quarantine as held using (document_id)
                    where held.fate <> 'none'
                )
                select record_id from raw.records anti join fates using (record_id)
            """,
        ),
    ]


def _of_shares() -> list[Expectation]:
    """What deduplication usually finds."""
    return [
        warn_rows(
            "sources whose share of copies changed",
            "a source that suddenly repeats, or stops repeating, has changed hands, or deduplication has broken",
            f"""
                with nightly as (
                    select documents.source_id, documents.night, avg((copies.verdict <> 'original')::INTEGER) as share,
                        count(*) as documents
                    from {{batch}} as copies
                    join core.dated_documents as documents using (document_id)
                    group by all
                ),
                {USUAL_SHARE}
                select nightly.source_id, nightly.share, usual.share as usual_share
                from nightly
                join latest using (night)
                join usual using (source_id)
                where nightly.documents >= 20 and abs(nightly.share - usual.share) > 0.4
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
