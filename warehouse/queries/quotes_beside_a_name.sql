-- 关于某个事物，谁说了什么？ / Who said what in the articles that name something?
select
    articles.published_on,
    coalesce(quotes.speaker, '') as speaker,
    quotes.text,
    quotes.is_direct,
    articles.title_hans
from marts.dim_entity as entities
join marts.fct_mention as mentions using (entity_key)
join marts.fct_article as articles using (article_key)
join marts.fct_quote as quotes using (article_key)
where entities.name_hans = '广西大学'
order by articles.published_on, articles.article_key, quotes.ordinal
