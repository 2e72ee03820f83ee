-- Keys that the very same bodies carry are one key of their common weight; and by which keys a document asks for others.
--
-- A pair must share enough for the shorter of the two. So of the keys it shares with others the shorter one may keep the
-- most frequent to itself, as long as these fall short of half of that: what remains to be shared lies among the rarer
-- keys, and by them it asks. A set phrase is asked by only where nothing rarer is left. No pair is lost by that.
--
-- Fills   named (document_key, document_id, char_count): who is met, by name, and those who were overtaken;
--         speakers (place, document_key, document_id, char_count, chunk_no): from short to long by `place`; chunk_no is that of
--             `pending`, -1 for documents compared in earlier runs. What shares only stock keys with this run is left out;
--         carriers (clause_hash, place, clause_chars, bodies, known, is_new, level): the key that stands for its bundle,
--             how many speakers carry it, how many did before this run, and how frequent that is;
--         askers (place, char_count, level, least_asked): who asks, by keys up to which level, and how many characters
--             a pair must share in these;
--         counted (place, other_place, shared_chars), empty: the counting is for `counted.sql`, or for a cluster.
create or replace temp table named as
with near as (
    select document_key from spoken where is_new
    union
    select document_key
    from spoken
    where not is_new
        and clause_hash in (select clause_hash from weights where known <= getvariable('most_bodies'))
    union
    from overtaken
)
select document_key, document_id, char_count
from near
inner join core.canonical_documents on left(document_id, 15) = identifier_of(document_key);

create or replace temp table speakers as
select
    row_number() over (order by char_count, document_key) as place,
    document_key,
    document_id,
    char_count,
    coalesce(chunk_no, -1) as chunk_no
from named
anti join overtaken using (document_key)
left join turns using (document_key);

-- Known stock, of those who are met by something rarer: what it stands in lies in all of history, they in a part of it.
create or replace temp table stocked as
select clause_hash, document_key, clause_chars, true as is_new
from core.clauses
semi join (select document_key, night from turns semi join speakers using (document_key)) as met
    using (document_key, night)
semi join ops.stock using (clause_hash);

insert into stocked
select clause_hash, document_key, clause_chars, false
from core.clauses
semi join (
    select document_key, night from spoken semi join speakers using (document_key) where not is_new
) as known using (document_key, night)
where clause_hash in (select clause_hash from stocked);

create or replace temp table carriers as
with
-- A key that stands for more in one body than in another, as it is repeated there, remains by itself.
bundles as (
    select
        min(clause_hash) as clause_hash,
        bodies,
        any_value(known) as known,
        case when bool_and(least_chars = most_chars) then sum(least_chars)::bigint end as common_chars
    from weights
    group by bodies, carried_by, case when least_chars < most_chars then clause_hash end
)
select
    clause_hash,
    place,
    coalesce(common_chars, clause_chars) as clause_chars,
    bodies,
    known,
    is_new,
    case when bodies > getvariable('most_bodies') then 64 else floor(log2(bodies))::integer end as level
from spoken
inner join bundles using (clause_hash)
inner join speakers using (document_key)
union all
select
    clause_hash,
    place,
    clause_chars,
    getvariable('most_bodies') + 1,
    getvariable('most_bodies') + 1,
    is_new,
    64
from stocked
inner join speakers using (document_key);

create or replace temp table askers as
with
levels as (
    select
        place,
        char_count,
        level,
        sum(sum(clause_chars)) over frequent_first as chars,
        coalesce(sum(sum(clause_chars)) filter (level < 64) over frequent_first, 0) as rare_chars
    from carriers
    inner join speakers using (place)
    group by place, char_count, level
    window frequent_first as (partition by place order by level desc)
),
asking as (
    select place, max(level) as level
    from levels
    where level < 64
        and rare_chars >= getvariable('least_chars')
        and chars * getvariable('least_share') * 2 >= char_count
    group by place
),
kept as (
    select asking.place, max(chars) as kept_chars, max(rare_chars) as kept_rare_chars
    from asking
    inner join levels on levels.place = asking.place and levels.level > asking.level
    group by asking.place
)
select
    place,
    char_count,
    asking.level,
    greatest(
        ceil(char_count / getvariable('least_share')) - coalesce(kept_chars, 0),
        getvariable('least_chars') - coalesce(kept_rare_chars, 0),
        1
    )::bigint as least_asked
from asking
inner join (select place, char_count, max(chars) as chars from levels group by place, char_count) as able using (place)
left join kept using (place)
where chars * getvariable('least_share') >= char_count;

drop table turns;
drop table spoken;
drop table stocked;

create or replace temp table counted (place bigint, other_place bigint, shared_chars bigint)
