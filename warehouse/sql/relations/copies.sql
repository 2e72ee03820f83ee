-- Every document of a body that stands in one of these pairs.
with
named as (
    select document_id as named, other_document_id as other
    from core.pairs
    where relation is not null and (document_id in (from voices) or other_document_id in (from voices))
),

speakers as (
    select named as document_id from named
    union
    select other from named
),

bodies as (
    select distinct body_hash from core.copies semi join speakers using (document_id)
)

select *
from core.copies
where body_hash in (from bodies) or document_id in (from speakers)
