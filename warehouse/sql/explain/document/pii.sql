-- Personal data found in the document $document_id, as it is shown.
select kind, masked
from meta.pii
where document_id = $document_id
order by kind, masked
