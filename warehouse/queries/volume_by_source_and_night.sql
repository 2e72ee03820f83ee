-- 每夜每个来源发布、重复和隔离了多少？ / How much did each source publish, repeat and have held back, night by night?
select
    dates.date as night,
    sources.source_id,
    daily.articles,
    daily.copies,
    daily.quarantined,
    daily.chars
from marts.agg_daily_source as daily
join marts.dim_date as dates using (date_key)
join marts.dim_source as sources using (source_key)
order by night desc, sources.source_id
