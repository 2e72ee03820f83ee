-- 哪些媒体报道某个事物最多？ / Which outlets name something in most of their articles, by whichever of its names?
-- about: 广西大学
with
named as (
    select mentions.article_key, bool_or(mentions.in_title) as in_title
    from marts.dim_entity as entities
    join marts.fct_mention as mentions using (entity_key)
    where list_contains(
        list_concat([entities.name_hans, entities.name_hant], string_split(coalesce(entities.aliases, ''), ',')),
        '广西大学'
    )
    group by mentions.article_key
),

told as (
    select
        coalesce(articles.outlet, articles.agency, sources.name_hans) as outlet,
        articles.published_on,
        named.in_title
    from marts.fct_article as articles
    join marts.dim_source as sources using (source_key)
    left join named using (article_key)
)

select
    outlet,
    count(in_title) as articles,
    count(*) filter (where in_title) as in_title,
    round(count(in_title) / count(*), 3) as share_of_its_articles,
    min(published_on) filter (where in_title is not null) as first_published_on,
    max(published_on) filter (where in_title is not null) as last_published_on
from told
group by outlet
having count(in_title) > 0
order by articles desc, outlet
limit 20
