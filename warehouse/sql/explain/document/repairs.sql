-- What was repaired in the document $document_id.
select * exclude (document_id)
from meta.repair
where document_id = $document_id
order by ordinal
