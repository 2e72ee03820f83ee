-- The keys that a document whose turn it is in this run carries: no other key can make a candidate pair.
create or replace temp table new_keys as
select distinct clause_hash
from core.clauses
semi join pending on pending.unit_id = clauses.document_id
