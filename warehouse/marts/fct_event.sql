-- Dated sentences of the survivors.
select
    articles.article_key,
    events.* exclude (document_id)
from core.events as events
join fresh_articles as articles using (document_id)
