-- The candidate pairs among those that were counted: what two share in rare keys must stand for `least_chars`, with the
-- stock keys for one in `least_share` characters of the shorter body.
--
-- Fills   found (document_id < other_document_id, chunk_no), chunk_no being the later of the two documents' turns;
--         drops what it was made from.
create or replace temp table found as
with
-- What a document carries and does not ask by.
silent as materialized (
    select *, bodies <= getvariable('most_bodies') as is_rare
    from carriers
    where not asks and place in (select place from counted)
),
unasked as (
    select
        place,
        sum(clause_chars) as silent_chars,
        coalesce(sum(clause_chars) filter (is_rare), 0) as silent_rare_chars
    from silent
    group by place
),
near as materialized (
    select
        counted.*,
        char_count,
        shared_chars * getvariable('least_share') < char_count or shared_chars < getvariable('least_chars') as is_open
    from counted
    inner join speakers using (place)
    left join unasked using (place)
    where (shared_chars + coalesce(silent_chars, 0)) * getvariable('least_share') >= char_count
        and shared_chars + coalesce(silent_rare_chars, 0) >= getvariable('least_chars')
),
-- Step by step: joined to itself first, stock would meet in pairs that grow with the square of history.
offered as materialized (
    select place, other_place, clause_hash, clause_chars, is_rare
    from near
    inner join silent using (place)
    where is_open
),
told as (
    select
        offered.place,
        offered.other_place,
        sum(least(offered.clause_chars, carriers.clause_chars)) as more_chars,
        sum(least(offered.clause_chars, carriers.clause_chars)) filter (is_rare) as more_rare_chars
    from offered
    inner join carriers on carriers.place = offered.other_place and carriers.clause_hash = offered.clause_hash
    group by offered.place, offered.other_place
),
enough as (
    select place, other_place
    from near
    left join told using (place, other_place)
    where (shared_chars + coalesce(more_chars, 0)) * getvariable('least_share') >= char_count
        and shared_chars + coalesce(more_rare_chars, 0) >= getvariable('least_chars')
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
drop table counted
