-- How many records the nights at work have brought, how many of them stand held back for $reason already, and how many
-- of their records or documents the stage $stage has done.
--
-- Reads   pending (unit_id), the records or documents the stage at hand takes up.
-- Given   $reason, the code of faults of ours; $stage.
-- Returns records, standing, done. Whole nights are counted, so that a run that carries on after a kill finds the same.
with
nights as (
    select night from raw.records where record_id in (select unit_id from pending)
    union
    select night from raw.documents where document_id in (select unit_id from pending)
)

select
    (select count(*) from raw.records where night in (from nights)) as records,
    (
        select count(distinct coalesce(document_id, record_id))
        from ops.quarantine
        where reason_code = $reason and night in (from nights)
    ) as standing,
    (
        select count(*)
        from ops.done
        where
            stage = $stage
            and unit_id in (
                select record_id from raw.records where night in (from nights)
                union all
                select document_id from raw.documents where night in (from nights)
            )
    ) as done
