-- Hold back the units of `aside` (quarantine_id, stage, unit_id, detail) for $reason: records by their own id, documents by
-- theirs, with the source and the night that brought them first.
insert into ops.quarantine by name
with
brought as (
    select document_id, arg_min(source_id, (night, record_id)) as source_id, min(night) as night
    from raw.documents
    where document_id in (select unit_id from aside where stage <> 'decode')
    group by document_id
)

select
    aside.quarantine_id,
    aside.stage,
    $reason as reason_code,
    'quarantined' as fate,
    records.record_id,
    brought.document_id,
    coalesce(records.source_id, brought.source_id) as source_id,
    coalesce(records.night, brought.night) as night,
    aside.detail
from aside
left join raw.records as records on aside.stage = 'decode' and records.record_id = aside.unit_id
left join brought on aside.stage <> 'decode' and brought.document_id = aside.unit_id
