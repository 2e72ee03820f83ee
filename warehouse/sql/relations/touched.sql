-- The articles whose relations are not done: the temporary table `region` (article_id), those that are no more among them.
--
-- Reads   ops.touched, where clusters say which articles they have changed.
-- Fills   voices (document_id): the documents whose pairs speak for an article of the region;
--         voiced: these pairs.
create or replace temp table region as
select unit_id as article_id from ops.touched where stage = 'relate'
union
select article_id
from core.copies
where not exists (from ops.done where stage = 'relate' and unit_id = 'copies');

create or replace temp table voices as
with
members as (
    select document_id, body_hash from core.copies semi join region using (article_id)
),

bodies as (
    select distinct body_hash from members
)

select min(document_id) as document_id from core.copies semi join bodies using (body_hash) group by body_hash
union
select document_id from members where body_hash is null;

create or replace temp table voiced as
select * from core.pairs semi join voices using (document_id) where relation is not null
union all
select pairs.*
from core.pairs as pairs
semi join voices on voices.document_id = pairs.other_document_id
where relation is not null and document_id not in (from voices)
