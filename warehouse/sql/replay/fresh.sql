-- Every unit held back in one of $stages, for $reason if that is given, that was not yet sent through again under $footing,
-- the rules of today. What our own code raised on goes through again whenever that is asked for: code is mended without rules.
--
-- Returns stage, unit_id: the stage that takes it up again. Documents our code raised on are out of every table behind `clean`.
with held as (
    select distinct
        case when reason_code = 'internal_fault' and stage <> 'decode' then 'clean' else stage end as stage,
        reason_code = 'internal_fault' as is_fault,
        coalesce(case when stage = 'decode' then record_id end, document_id, record_id) as unit_id
    from ops.quarantine
    where list_contains($stages, stage)
        and ($reason is null or reason_code = $reason)
)

select distinct stage, unit_id
from held
where is_fault or (stage, unit_id) not in (select (stage, unit_id) from ops.replays where footing = $footing)
