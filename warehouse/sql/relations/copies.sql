-- Every document of a body that stands in one of these pairs.
with
speakers as (
    select document_id from voiced
    union
    select other_document_id from voiced
),

bodies as (
    select distinct body_hash from core.copies semi join speakers using (document_id)
)

select * from core.copies semi join bodies using (body_hash)
union all
select * from core.copies semi join speakers using (document_id) where body_hash is null
