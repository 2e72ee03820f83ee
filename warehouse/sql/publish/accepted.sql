-- Every accepted document with the night it first came.
select document_id, night
from core.dated_documents
