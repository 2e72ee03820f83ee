-- Keys that the very same bodies carry are one key of their common weight; and by which keys a document asks for others.
--
-- Whoever shares enough with a shorter document shares one of the keys it asks by. For take the rarest key that two share:
-- all they share are this one and more frequent ones, and where all of these together fall short of what a pair must
-- share, the shorter of the two does not ask by it. So a set phrase is asked by only where nothing rarer is left.
--
-- Fills   carriers (clause_hash, place, clause_chars, bodies, known, is_new, asks): the key that stands for its bundle,
--             how many speakers carry it, how many did before this run, and whether this one asks by it.
create or replace temp table carried as
with
weights as materialized (
    select
        clause_hash,
        count(*) as bodies,
        count(*) filter (not is_new) as known,
        bit_xor(hash(place)) as carried_by,
        min(clause_chars) as least,
        max(clause_chars) as most
    from met
    group by clause_hash
),
-- A key that stands for more in one body than in another, as it is repeated there, remains by itself.
bundles as (
    select
        min(clause_hash) as clause_hash,
        bodies,
        any_value(known) as known,
        case when bool_and(least = most) then sum(least)::bigint end as common_chars
    from weights
    group by bodies, carried_by, case when least < most then clause_hash end
)
select clause_hash, place, coalesce(common_chars, clause_chars) as clause_chars, bodies, known, is_new
from met
inner join bundles using (clause_hash);

create or replace temp table carriers as
with
able as (
    select place, char_count
    from carried
    inner join speakers using (place)
    group by place, char_count
    having sum(clause_chars) * getvariable('least_share') >= char_count
),
offered as (
    select
        *,
        sum(clause_chars) over frequent_first as chars,
        sum(clause_chars) filter (bodies <= getvariable('most_bodies')) over frequent_first as rare_chars
    from carried
    inner join able using (place)
    window frequent_first as (partition by place order by bodies desc, clause_hash rows unbounded preceding)
)
select
    clause_hash,
    place,
    clause_chars,
    bodies,
    known,
    is_new,
    bodies <= getvariable('most_bodies')
    and rare_chars >= getvariable('least_chars')
    and chars * getvariable('least_share') >= char_count as asks
from offered
union all
select *, false from carried anti join able using (place);

drop table met;
drop table carried
