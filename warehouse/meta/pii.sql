-- Personal data found; the raw values never leave the working database.
with
pii as (
    select document_id, unnest(pii, recursive := true)
    from core.clean_documents
    semi join fresh_documents using (document_id)
)

select document_id, kind, masked, digest
from pii
