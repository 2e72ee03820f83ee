-- Personal data found; the raw values never leave the working database.
with
pii as (
    select document_id, unnest(pii, recursive := true)
    from core.clean_documents
    where document_id in (select document_id from core.copies)
)

select document_id, kind, masked, digest
from pii
