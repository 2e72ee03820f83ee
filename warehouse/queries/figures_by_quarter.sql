-- 提到某个事物的报道里，每季有哪些数量？ / Which quantities do the articles that name something state, quarter by quarter?
-- about: 澜山银行
with
named as (
    select distinct mentions.article_key
    from marts.dim_entity as entities
    join marts.fct_mention as mentions using (entity_key)
    where list_contains(
        list_concat([entities.name_hans, entities.name_hant], string_split(coalesce(entities.aliases, ''), ',')),
        '澜山银行'
    )
)

select
    dates.year,
    dates.quarter,
    figures.kind,
    figures.unit,
    count(*) as figures,
    count(distinct figures.article_key) as articles,
    min(figures.value) as smallest,
    median(figures.value) as median,
    max(figures.value) as largest,
    arg_max(figures.text, figures.value) as largest_as_stated
from named
join marts.fct_article as articles using (article_key)
join marts.dim_date as dates on dates.date = articles.published_on
join marts.fct_figure as figures using (article_key)
-- What is only bounded (超过三成) or a range has no one value.
where figures.value is not null
    and figures.kind in ('money', 'percent', 'count', 'physical', 'temperature', 'rate')
    and not figures.is_suspect
group by all
order by dates.year desc, dates.quarter desc, figures desc, figures.kind, figures.unit
limit 50
