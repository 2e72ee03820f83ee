-- 每天各来源、各主题领域各发多少篇？ / How many articles did each source publish in each field of topics, day by day?
select
    articles.published_on,
    sources.source_id,
    coalesce(topics.root_name_hans, '无主题') as field,
    -- An article may have several topics of one field, and topics of several fields: days do not add up over fields.
    count(distinct articles.article_key) as articles
from marts.fct_article as articles
join marts.dim_source as sources using (source_key)
left join marts.bridge_article_topic as bridge using (article_key)
left join marts.dim_topic as topics using (topic_key)
where articles.published_on is not null
group by all
order by articles.published_on desc, articles desc, sources.source_id, field
