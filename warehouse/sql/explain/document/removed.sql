-- What was cut from the document $document_id; white space tells nobody anything.
select * exclude (document_id)
from meta.removed
where document_id = $document_id and category <> 'whitespace'
order by ordinal
