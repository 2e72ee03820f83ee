-- The canonical text of every survivor.
select canonical.*
from core.canonical_documents as canonical
join core.copies as copies using (document_id)
where copies.survivor_document_id = canonical.document_id
