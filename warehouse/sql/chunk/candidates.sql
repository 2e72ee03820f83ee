-- Pairs of documents worth comparing in this chunk: those of `found` (see warehouse/candidates.py) whose turn it is.
select document_id, other_document_id
from found
where chunk_no = (select max(chunk_no) from pending semi join chunk on chunk.document_id = pending.unit_id)
