-- The words of every survivor.
select tokens.*
from core.search_tokens as tokens
join core.copies as copies using (document_id)
where copies.survivor_document_id = tokens.document_id
