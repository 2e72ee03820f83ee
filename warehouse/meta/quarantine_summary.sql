-- What was held back, counted. A document held back counts once for every record that brought it, in the night of the
-- record: each of them has this fate.
select
    coalesce(brought.night, held.night) as night,
    held.stage,
    held.reason_code,
    coalesce(brought.source_id, held.source_id) as source_id,
    count(*) as records
from ops.quarantine as held
left join raw.documents as brought
    on held.fate <> 'none' and held.record_id is null and brought.document_id = held.document_id
group by all
