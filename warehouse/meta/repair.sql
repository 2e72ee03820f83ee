-- Every span changed, in every document that was accepted.
with
repairs as (
    select document_id, unnest(repairs, recursive := true)
    from core.clean_documents
    semi join fresh_documents using (document_id)
)

select document_id, ordinal, start_offset, end_offset, kind, before, after, confidence
from repairs
