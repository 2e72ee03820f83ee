-- Dated sentences of the survivors.
select
    survivors.article_key,
    events.* exclude (document_id)
from core.events as events
join core.survivors as survivors using (document_id)
