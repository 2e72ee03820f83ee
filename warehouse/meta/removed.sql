-- Every span cut, from every document that was accepted.
with
removed as (
    select document_id, unnest(removed, recursive := true)
    from core.clean_documents
    semi join fresh_documents using (document_id)
)

select document_id, ordinal, start_offset, end_offset, line_no, category, rule_id, text
from removed
