-- One row per document: the record of the first night brings it in.
select documents.*
from raw.documents as documents
semi join (
    select arg_min(record_id, (night, record_id)) as record_id
    from raw.documents
    where not is_retraction
    group by document_id
) using (record_id)
