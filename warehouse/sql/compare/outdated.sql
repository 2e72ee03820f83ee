-- Takes back the pairs that would not be compared had all documents come at once.
--
-- Two things may change for a pair when others arrive: one of the two no longer speaks for its body, since a copy with a
-- smaller id came, or keys that brought the two together have become stock, and too few rare ones are left. The documents
-- that lose a pair are noted in ops.touched, and what has become stock in ops.stock. How two texts relate goes into the story
-- links of the day of the later article: these days are left in `retold` (story_on).
create or replace temp table outdated as
with displaced as (
    select document_id from named semi join overtaken using (document_key)
)
select document_id, other_document_id
from core.pairs
where document_id in (from displaced) or other_document_id in (from displaced);

create or replace temp table doubtful as
with
grown as (
    select clause_hash, document_key, document_id
    from carriers
    inner join speakers using (place)
    where not is_new
        and bodies > getvariable('most_bodies')
        and known between 2 and getvariable('most_bodies')
)
select distinct one.document_key, two.document_key as other_document_key, document_id, other_document_id
from core.pairs
inner join grown as one using (document_id)
inner join grown as two on two.document_id = pairs.other_document_id and two.clause_hash = one.clause_hash;

insert into outdated
with
keys as materialized (
    select document_key, clause_hash, clause_chars
    from core.clauses
    semi join (
        select document_key from doubtful union select other_document_key from doubtful
    ) as doubtful using (document_key)
),
shared as materialized (
    select document_id, other_document_id, one.clause_hash, least(one.clause_chars, two.clause_chars) as chars
    from doubtful
    inner join keys as one using (document_key)
    inner join keys as two
        on two.document_key = doubtful.other_document_key and two.clause_hash = one.clause_hash
),
rare as (
    select clause_hash
    from core.clauses
    semi join shared using (clause_hash)
    group by clause_hash
    having count(distinct body_hash) <= getvariable('most_bodies')
)
select document_id, other_document_id
from shared
left join rare using (clause_hash)
group by all
having coalesce(sum(chars) filter (rare.clause_hash is not null), 0) < getvariable('least_chars');

delete from core.pairs
where exists (
    from outdated
    where outdated.document_id = pairs.document_id and outdated.other_document_id = pairs.other_document_id
);

insert into ops.touched
select 'deduplicate', document_id, null
from (select document_id from outdated union select other_document_id from outdated);

create or replace temp table retold as
select distinct greatest(one.story_on, two.story_on) as story_on
from outdated
inner join core.story_bundles as one on one.voice_id = outdated.document_id
inner join core.story_bundles as two on two.voice_id = outdated.other_document_id;

insert into ops.stock
select clause_hash
from weights
where bodies > getvariable('most_bodies');

drop table doubtful;
drop table outdated;
drop table weights;
drop table named
