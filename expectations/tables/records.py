"""What must hold of raw.records as a whole."""

from __future__ import annotations

from great_expectations.expectations.expectation import Expectation

from expectations.severity import warn_rows


def expectations() -> list[Expectation]:
    """What arrives, arrives as it used to."""
    return [
        warn_rows(
            "sources that fell silent or lost four fifths",
            "a source that brings a fifth of its usual records is broken or blocked, and nobody notices by itself",
            """
                with nightly as (
                    select source_id, night, count(*) as records from {batch} group by all
                ),
                usual as (
                    select source_id, median(records) as records, count(*) as nights
                    from nightly
                    where night < (select max(night) from {batch}) and night >= (select max(night) - 14 from {batch})
                    group by source_id
                )
                select usual.source_id, usual.records, coalesce(tonight.records, 0) as tonight
                from usual
                left join nightly as tonight
                    on tonight.source_id = usual.source_id and tonight.night = (select max(night) from {batch})
                where usual.nights >= 3 and coalesce(tonight.records, 0) < 0.2 * usual.records
            """,
        ),
        warn_rows(
            "ordinals with gaps",
            "a gap in the ordinals of a file is a lost record",
            """
                select source_id, file_name, file_sha256 from {batch}
                group by all
                having max(record_ordinal) + 1 <> count(*)
            """,
        ),
    ]
