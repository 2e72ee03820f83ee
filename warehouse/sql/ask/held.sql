-- The rows held back for $reason, or for any if that is null, each with the file and the place in it that brought it.
with
brought as (
    select document_id, min(record_id) as record_id
    from raw.documents
    semi join ops.quarantine using (document_id)
    group by all
)

select
    quarantine.quarantine_id,
    quarantine.night,
    quarantine.stage,
    quarantine.reason_code,
    quarantine.source_id,
    quarantine.record_id,
    quarantine.document_id,
    coalesce(quarantine.file_name, records.file_name) as file_name,
    records.record_ordinal,
    quarantine.detail
from ops.quarantine as quarantine
left join brought using (document_id)
left join raw.records as records on records.record_id = coalesce(quarantine.record_id, brought.record_id)
where $reason is null or quarantine.reason_code = $reason
order by quarantine.night, quarantine.stage, quarantine.reason_code, quarantine.quarantine_id
