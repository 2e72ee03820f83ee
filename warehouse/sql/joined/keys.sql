-- One shard of the keys that count: core.clauses from row $first to row $last, where a document of `pending` carries it.
--
-- Identifiers are 16 hexadecimal digits and travel as the numbers they are.
select
    clauses.clause_hash,
    ('0x' || clauses.document_id)::ubigint as document,
    clauses.clause_chars,
    documents.char_count,
    pending.unit_id is not null as is_new
from core.clauses
semi join new_keys using (clause_hash)
inner join core.canonical_documents as documents using (document_id)
left join pending on pending.unit_id = clauses.document_id
where clauses.rowid between $first and $last
