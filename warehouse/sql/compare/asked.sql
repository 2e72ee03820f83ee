-- What the documents whose turn it is (`pending`) say. What is known to be stock (ops.stock) brings no two together and is not
-- looked for: it stands in any part of history.
--
-- Fills   turns (document_key, night, chunk_no): the documents of this run;
--         asked (clause_hash): their keys, found by their nights, one row for every document that has the key;
--         shared_keys (clause_hash), empty: for those of these keys that another document has too.
create or replace temp table turns as
select key_of(unit_id) as document_key, night, chunk_no
from pending
inner join core.canonical_documents on document_id = unit_id;

create or replace temp table asked as
select clause_hash
from core.clauses
semi join turns using (document_key, night)
anti join ops.stock using (clause_hash);

create or replace temp table shared_keys (clause_hash bigint)
