-- 关于某个事物，谁说了什么？ / Who said what in the articles that name something, by whichever of its names?
-- about: 广西大学
with
named as (
    select distinct mentions.article_key
    from marts.dim_entity as entities
    join marts.fct_mention as mentions using (entity_key)
    where list_contains(
        list_concat([entities.name_hans, entities.name_hant], string_split(coalesce(entities.aliases, ''), ',')),
        '广西大学'
    )
)

select
    articles.published_on,
    coalesce(quotes.speaker, '') as speaker,
    quotes.text,
    quotes.is_direct,
    articles.title_hans
from named
join marts.fct_article as articles using (article_key)
join marts.fct_quote as quotes using (article_key)
order by articles.published_on, articles.article_key, quotes.ordinal
