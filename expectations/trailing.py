"""What is usual of a source: SQL that stands behind a CTE `nightly` (source_id, night, share, …)."""

from __future__ import annotations

# The median of a fortnight before the latest night, where there are three nights at least to speak of.
USUAL_SHARE = """latest as (
                    select max(night) as night from nightly
                ),
                usual as (
                    select source_id, median(share) as share
                    from nightly, latest
                    where nightly.night < latest.night and nightly.night >= latest.night - 14
                    group by source_id
                    having count(*) >= 3
                )"""
