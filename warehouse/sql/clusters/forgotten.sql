-- The documents of the temporary table `replayed` are about to be forgotten, with whatever was found for them: their clusters
-- change, and those of the documents they were paired with. What is stock is counted anew.
insert into ops.touched
with forgotten as (
    select unit_id as document_id from replayed
)

select 'deduplicate', document_id, null
from (
    from forgotten
    union
    select other_document_id from core.pairs semi join forgotten using (document_id)
    union
    select pairs.document_id
    from core.pairs as pairs
    semi join forgotten on forgotten.document_id = pairs.other_document_id
);

delete from ops.stock
