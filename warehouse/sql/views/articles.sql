-- The canonical text of every survivor.
select canonical.*
from core.canonical_documents as canonical
semi join core.survivors as survivors using (document_id)
