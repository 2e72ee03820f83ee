-- One row per document: the record of the first night brings it in.
select distinct on (document_id) *
from raw.documents
where not is_retraction
order by document_id, night, record_id
