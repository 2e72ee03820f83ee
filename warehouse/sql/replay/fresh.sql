-- Every unit held back in one of $stages, for $reason if that is given, that was not yet sent through again under $footing,
-- the rules of today.
--
-- Returns stage, unit_id.
with held as (
    select distinct
        stage,
        coalesce(case when stage = 'decode' then record_id end, document_id, record_id) as unit_id
    from ops.quarantine
    where list_contains($stages, stage)
        and ($reason is null or reason_code = $reason)
)

select stage, unit_id
from held
anti join (from ops.replays where footing = $footing) using (stage, unit_id)
