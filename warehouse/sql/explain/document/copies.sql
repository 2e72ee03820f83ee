-- Whose copy the document $document_id is.
select *
from marts.fct_copy
where document_id = $document_id
