-- 哪些事件报道得最久，有多少家媒体跟进？ / Which stories ran longest, and how many outlets told them?
select
    title_hans,
    first_published_on,
    last_published_on,
    date_diff('day', first_published_on, last_published_on) + 1 as days,
    article_count,
    outlet_count
from marts.dim_story
where article_count > 1
order by days desc nulls last, article_count desc, story_key
limit 20
