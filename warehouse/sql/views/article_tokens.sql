-- The words of every survivor.
select tokens.*
from core.search_tokens as tokens
semi join core.survivors as survivors using (document_id)
