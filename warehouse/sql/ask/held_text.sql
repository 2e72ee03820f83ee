-- How the text of a row held back begins: as it was decoded, else the bytes of its record. No row where it is a whole file.
with
held as (
    select document_id, record_id
    from ops.quarantine
    where quarantine_id = $id
)

select left(coalesce(documents.text, try(decode(records.payload)), records.payload::VARCHAR), $letters) as begins
from held
left join raw.documents as documents
    on documents.document_id = held.document_id or documents.record_id = held.record_id
left join raw.records as records
    on records.record_id = coalesce(held.record_id, documents.record_id)
where coalesce(documents.text, records.payload::VARCHAR) is not null
limit 1
