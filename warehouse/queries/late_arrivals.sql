-- 哪些来源的稿件来得晚，晚几天？ / How many days after their publication do articles come, source by source?
select
    sources.source_id,
    count(*) as articles,
    count(*) filter (where articles.night <= articles.published_on + 1) as within_a_day,
    count(*) filter (where articles.night > articles.published_on + 7) as after_a_week,
    median(date_diff('day', articles.published_on, articles.night)) as median_days,
    max(date_diff('day', articles.published_on, articles.night)) as most_days
from marts.fct_article as articles
join marts.dim_source as sources using (source_key)
where articles.published_on is not null
group by all
order by median_days desc, sources.source_id
