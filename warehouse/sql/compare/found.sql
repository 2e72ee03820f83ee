-- The candidate pairs among those that were counted: what two share in rare keys must stand for `least_chars`, with the
-- stock keys for one in `least_share` characters of the shorter body.
--
-- Fills   found (document_id < other_document_id, chunk_no), chunk_no being the later of the two documents' turns;
--         drops what it was made from.
create or replace temp table found as
with
near as materialized (
    select
        counted.*,
        char_count,
        level,
        shared_chars * getvariable('least_share') < char_count or shared_chars < getvariable('least_chars') as is_open
    from counted
    inner join askers using (place)
),
-- What is shared in the keys that the shorter one kept to itself. Step by step: joined to itself first, stock would meet
-- in pairs that grow with the square of history.
kept as materialized (
    select near.place, other_place, clause_hash, clause_chars, carriers.level < 64 as is_rare
    from near
    inner join carriers on carriers.place = near.place and carriers.level > near.level
    where is_open
),
told as (
    select
        kept.place,
        kept.other_place,
        sum(least(kept.clause_chars, carriers.clause_chars)) as chars,
        sum(least(kept.clause_chars, carriers.clause_chars)) filter (is_rare) as rare_chars
    from kept
    inner join carriers on carriers.place = kept.other_place and carriers.clause_hash = kept.clause_hash
    group by kept.place, kept.other_place
),
enough as (
    select place, other_place
    from near
    left join told using (place, other_place)
    where (shared_chars + coalesce(chars, 0)) * getvariable('least_share') >= char_count
        and shared_chars + coalesce(rare_chars, 0) >= getvariable('least_chars')
),
named as (
    select
        least(one.document_id, two.document_id) as document_id,
        greatest(one.document_id, two.document_id) as other_document_id,
        greatest(one.chunk_no, two.chunk_no) as chunk_no
    from enough
    inner join speakers as one using (place)
    inner join speakers as two on two.place = enough.other_place
)
from named anti join core.pairs using (document_id, other_document_id);

drop table speakers;
drop table overtaken;
drop table carriers;
drop table askers;
drop table counted
