-- One step from the documents of `region` to all that are tied to one of them: a copy, of one body, versions of one record.
insert into region
with
near as materialized (
    select body_hash, record from today semi join region using (document_id)
),

tied as (
    select document_id from today where body_hash in (select body_hash from near)
    union
    select document_id from today where record in (select record from near)
    union
    select other_document_id from core.pairs where is_copy and document_id in (from region)
    union
    select document_id from core.pairs where is_copy and other_document_id in (from region)
)

select document_id
from tied
semi join today using (document_id)
anti join region using (document_id)
