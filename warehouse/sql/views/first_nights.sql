-- The earliest night any record brought a document in.
select document_id, min(night) as night
from raw.documents
group by document_id
