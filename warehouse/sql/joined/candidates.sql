-- Pairs of documents worth comparing, from those a cluster found: what sql/chunk/candidates.sql returns for the chunk.
select document_id, other_document_id, shared_chars, shared_keys
from found
where chunk_no = (select max(chunk_no) from pending semi join chunk on chunk.document_id = pending.unit_id)
