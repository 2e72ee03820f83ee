-- Pairs of documents worth comparing: those that share enough of their clause keys, at least one of them new.
--
-- Reads   core.clauses (document_id, clause_hash, clause_chars), all of history and the new documents;
--         core.canonical_documents (document_id, char_count), their lengths;
--         chunk (document_id), the documents whose turn it is;
--         pending (unit_id, chunk_no), every document whose turn it is in this run: a pair is found when the turn of the
--         later of the two comes, once, whatever the chunks;
--         core.pairs, what is compared already.
-- Returns document_id < other_document_id, shared_chars, shared_keys; in no order.
--
-- A key is counted only while at most 400 documents carry it: stock phrases and daily templates say nothing about
-- a pair, and their pairs would grow with the square of history. 400 is far above what one story's copies reach, so
-- that the limit (the only thing here that looks beyond the two documents) hardly ever decides.
-- A pair must share keys that stand for at least 12 characters and a fifth of the shorter body (all keys of a body
-- stand for a little more than its length).
with later as (
    select unit_id as document_id
    from pending
    where chunk_no > (select max(chunk_no) from pending semi join chunk on chunk.document_id = pending.unit_id)
),
new_keys as (
    select clause_hash from core.clauses semi join chunk using (document_id)
),
-- The one look at all keys there are.
met as materialized (
    select clause_hash, document_id, clause_chars from core.clauses semi join new_keys using (clause_hash)
),
shared_keys as (
    select clause_hash from met group by clause_hash having count(*) between 2 and 400
),
carriers as materialized (
    select clause_hash, document_id, clause_chars
    from met
    semi join shared_keys using (clause_hash)
    anti join later using (document_id)
),
-- Comparing numbers is cheaper than comparing identifiers.
numbered as materialized (
    select document_id, document_id in (select document_id from chunk) as is_new, row_number() over () as number
    from (select distinct document_id from carriers)
),
lean as materialized (
    select clause_hash, number, is_new, clause_chars from carriers inner join numbered using (document_id)
),
counted as materialized (
    select
        one.number,
        two.number as other_number,
        sum(least(one.clause_chars, two.clause_chars))::bigint as shared_chars,
        count(*) as shared_keys
    from lean as one
    inner join lean as two on one.clause_hash = two.clause_hash and one.number < two.number
    where one.is_new or two.is_new
    group by all
    having shared_chars >= 12
),
sizes as materialized (
    select number, document_id, char_count
    from core.canonical_documents inner join numbered using (document_id)
)
select
    least(one.document_id, two.document_id) as document_id,
    greatest(one.document_id, two.document_id) as other_document_id,
    counted.shared_chars,
    counted.shared_keys
from counted
inner join sizes as one on one.number = counted.number
inner join sizes as two on two.number = counted.other_number
where counted.shared_chars * 5 >= least(one.char_count, two.char_count)
    and not exists (
        from core.pairs
        where pairs.document_id = least(one.document_id, two.document_id)
            and pairs.other_document_id = greatest(one.document_id, two.document_id)
    )
