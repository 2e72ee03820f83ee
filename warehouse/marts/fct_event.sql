-- Dated sentences of the survivors.
select
    key_of(copies.article_id) as article_key,
    events.* exclude (document_id)
from core.events as events
join core.articles as articles using (document_id)
join core.copies as copies using (document_id)
