-- Who carries the keys of the documents whose turn it is (`pending`), in one look at all keys there are. What is known to be
-- stock (ops.stock) brings no two together and is not looked for: it stands in any part of history.
--
-- Fills   turns (document_key, night, chunk_no): the documents of this run;
--         mine (document_key, body_hash, clause_hash, clause_chars, night, is_stock): their keys, found by their nights;
--         first_ones (document_key, body_hash): of the documents of one body the one with the smallest id, which speaks for
--             all of them;
--         overtaken (document_key): those that spoke for a body until a smaller id came with this run;
--         spoken (clause_hash, document_key, clause_chars, night, is_new): the keys of those who speak, without known stock;
--         weights, empty: for `weighed.sql`.
create or replace temp table turns as
select key_of(unit_id) as document_key, night, chunk_no
from pending
inner join core.canonical_documents on document_id = unit_id;

create or replace temp table mine as
select document_key, body_hash, clause_hash, clause_chars, night, clause_hash in (from ops.stock) as is_stock
from core.clauses
semi join turns using (document_key, night);

create or replace temp table others as
select document_key, body_hash, clause_hash, clause_chars, night
from core.clauses
anti join turns using (document_key)
where clause_hash in (select clause_hash from mine where not is_stock);

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
select clause_hash, document_key, clause_chars, night, true as is_new
from mine
semi join first_ones using (document_key)
where not is_stock
union all
select clause_hash, document_key, clause_chars, night, false
from others
semi join first_ones using (document_key);

create or replace temp table weights (
    clause_hash bigint,
    bodies bigint,
    known bigint,
    carried_by ubigint,
    least_chars bigint,
    most_chars bigint
);

drop table others
