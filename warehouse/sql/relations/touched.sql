-- The articles whose relations are not done: the temporary table `region` (article_id).
--
-- Fills   voices (document_id, article_id): the documents whose pairs speak for an article of the region.
create or replace temp table region as
select distinct article_id
from core.copies
anti join (select unit_id as article_id from ops.done where stage = 'relate') as done using (article_id);

create or replace temp table voices as
with
bodies as (
    select distinct body_hash from core.copies where article_id in (from region)
)

select coalesce(min(document_id) over (partition by body_hash), document_id) as document_id
from core.copies
where body_hash in (from bodies)
union
select document_id from core.copies where body_hash is null and article_id in (from region)
