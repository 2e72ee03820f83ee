-- 文章里说了哪些将来的日子？ / Which days to come do articles speak of, as seen from their own day?
select
    events.date_from,
    events.date_text,
    events.sentence,
    articles.published_on,
    articles.title_hans
from marts.fct_event as events
join marts.fct_article as articles using (article_key)
where events.date_from > articles.published_on
order by events.date_from, articles.article_key, events.ordinal
