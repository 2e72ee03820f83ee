-- Accepted documents the earlier release does not hold.
select document_id
from core.copies
anti join (from published.meta.ledger where article_id is not null) using (document_id)
