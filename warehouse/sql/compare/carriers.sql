-- Who carries the keys of the documents whose turn it is (`pending`), in one look at all keys there are.
--
-- Fills   turns (document_key, chunk_no): the documents of this run;
--         first_ones (document_key, body_hash): of the documents of one body the one with the smallest id, which speaks for
--             all of them;
--         overtaken (document_key): those that spoke for a body until a smaller id came with this run;
--         spoken (clause_hash, document_key, clause_chars, is_new): the keys of those who speak;
--         weights, empty: for `weighed.sql`.
create or replace temp table turns as
select key_of(unit_id) as document_key, chunk_no from pending;

create or replace temp table mine as
select document_key, body_hash, clause_hash, clause_chars
from core.clauses
semi join turns using (document_key);

create or replace temp table others as
select document_key, body_hash, clause_hash, clause_chars
from core.clauses
anti join turns using (document_key)
where clause_hash in (select clause_hash from mine);

-- Whoever shares a body shares all keys: where one of them is met, all are.
create or replace temp table first_ones as
with bodies as (
    select body_hash, document_key from mine where clause_hash = body_hash
    union all
    select body_hash, document_key from others
)
select min(document_key) as document_key, body_hash from bodies group by body_hash;

create or replace temp table overtaken as
select document_key
from others
anti join first_ones using (document_key)
where clause_hash = body_hash and body_hash in (select body_hash from first_ones semi join turns using (document_key));

create or replace temp table spoken as
select clause_hash, document_key, clause_chars, true as is_new from mine semi join first_ones using (document_key)
union all
select clause_hash, document_key, clause_chars, false from others semi join first_ones using (document_key);

create or replace temp table weights (
    clause_hash bigint,
    bodies bigint,
    known bigint,
    carried_by ubigint,
    least_chars bigint,
    most_chars bigint
);

drop table mine;
drop table others
