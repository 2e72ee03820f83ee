-- What comparing needs of every document in a candidate pair of this chunk. Asked by row number, the store reads the blocks
-- these rows lie in and no others.
select document_id, title_hans, body_hans, script, script_origin, source_id, published_on
from core.canonical_documents
where rowid in (
    select rowid
    from core.canonical_documents
    semi join (
        select document_id from candidates
        union
        select other_document_id from candidates
    ) using (document_id)
)
