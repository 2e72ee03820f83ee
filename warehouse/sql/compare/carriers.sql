-- Who carries the keys of the documents whose turn it is (`pending`), in one look at all keys there are.
--
-- Fills   met (document_key, body_hash, clause_hash, clause_chars, chunk_no): the keys that two documents or more carry,
--             chunk_no is that of `pending`, -1 for documents compared in earlier runs;
--         speakers (document_key): of the documents of one body the one with the smallest id, which is compared for all;
--         carriers (clause_hash, document_key, clause_chars, chunk_no, bodies, known): keys that two speakers or more
--             carry, how many do, and how many did before this run;
--         names (document_key, document_id, char_count) of the speakers.
create or replace temp table turns as
select key_of(unit_id) as document_key, chunk_no from pending;

create or replace temp table met as
with
mine as materialized (
    select clauses.*, chunk_no from core.clauses inner join turns using (document_key)
),
others as (
    select clauses.*, -1 as chunk_no
    from core.clauses
    anti join turns using (document_key)
    where clause_hash in (select clause_hash from mine)
),
together as materialized (
    from mine union all by name from others
),
repeated as (
    select clause_hash from together group by clause_hash having count(*) > 1
)
from together semi join repeated using (clause_hash);

create or replace temp table speakers as
select min(document_key) as document_key from met group by body_hash;

create or replace temp table carriers as
with
spoken as materialized (
    from met semi join speakers using (document_key)
),
weights as (
    select clause_hash, count(*) as bodies, count(*) filter (chunk_no < 0) as known
    from spoken
    group by clause_hash
    having bodies > 1
)
select clause_hash, document_key, clause_chars, chunk_no, bodies, known
from spoken
inner join weights using (clause_hash);

create or replace temp table names as
select key_of(document_id) as document_key, document_id, char_count
from core.canonical_documents
semi join speakers on speakers.document_key = key_of(document_id)
