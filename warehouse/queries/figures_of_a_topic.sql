-- 某个主题的报道里有哪些百分比？ / Which percentages do the articles of a topic state?
-- about: 财经
select
    articles.title_hans,
    figures.text,
    coalesce(figures.value, figures.value_min, figures.value_max) as value_or_bound,
    figures.qualifier,
    substr(
        articles.body_hans,
        greatest(figures.start_offset - 11, 1),
        figures.end_offset - greatest(figures.start_offset - 12, 0)
    ) as in_context
from marts.fct_figure as figures
join marts.fct_article as articles using (article_key)
where figures.kind = 'percent'
    and figures.where_found = 'body'
    and exists (
        select 1
        from marts.bridge_article_topic as bridge
        join marts.dim_topic as topics using (topic_key)
        where bridge.article_key = articles.article_key
            and '财经' in (topics.name_hans, topics.root_name_hans)
    )
order by articles.published_on, articles.article_key, figures.ordinal
