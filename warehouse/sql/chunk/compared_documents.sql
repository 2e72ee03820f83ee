-- Canonical text of every document in a candidate pair of this chunk.
select documents.*
from core.canonical_documents as documents
where documents.document_id in (
    select document_id from candidates
    union
    select other_document_id from candidates
)
