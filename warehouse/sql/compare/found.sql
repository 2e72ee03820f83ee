-- The candidate pairs among those that were counted: what is shared must stand for a fifth of the shorter body.
--
-- Here stock keys count too: they bring no two documents together, but once something rarer has, they are text in common.
-- Fills   found (document_id < other_document_id, shared_chars, shared_keys, chunk_no), drops what it was made from.
create or replace temp table found as
with
sized as materialized (
    select counted.*, least(one.char_count, two.char_count) as shorter
    from counted
    inner join names as one using (document_key)
    inner join names as two on two.document_key = counted.other_document_key
),
thin as materialized (
    from sized where shared_chars * getvariable('least_share') < shorter
),
stock as materialized (
    from carriers
    semi join (select document_key from thin union select other_document_key from thin) as seen using (document_key)
    where bodies > getvariable('most_bodies')
),
-- Step by step: joined to itself first, stock would meet in pairs that grow with the square of history.
offered as materialized (
    select thin.document_key, thin.other_document_key, stock.clause_hash, stock.clause_chars
    from thin
    inner join stock using (document_key)
),
stocked as (
    select
        offered.document_key,
        offered.other_document_key,
        sum(least(offered.clause_chars, stock.clause_chars))::bigint as stock_chars,
        count(*) as stock_keys
    from offered
    inner join stock
        on stock.document_key = offered.other_document_key and stock.clause_hash = offered.clause_hash
    group by all
),
enough as (
    select
        document_key,
        other_document_key,
        shared_chars + coalesce(stock_chars, 0) as shared_chars,
        shared_keys + coalesce(stock_keys, 0) as shared_keys,
        chunk_no
    from sized
    left join stocked using (document_key, other_document_key)
    where (sized.shared_chars + coalesce(stock_chars, 0)) * getvariable('least_share') >= shorter
)
select one.document_id, two.document_id as other_document_id, shared_chars, shared_keys, chunk_no
from enough
inner join names as one using (document_key)
inner join names as two on two.document_key = enough.other_document_key
where not exists (
    from core.pairs
    where pairs.document_id = one.document_id and pairs.other_document_id = two.document_id
);

drop table turns;
drop table met;
drop table speakers;
drop table carriers;
drop table names;
drop table counted
