-- Documents of the earlier release that are accepted no more.
select distinct document_id
from published.meta.ledger
anti join core.copies using (document_id)
where article_id is not null
