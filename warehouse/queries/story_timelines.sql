-- 每个事件脉络是怎样展开的？ / How did each story of several articles unfold, article by article?
select
    stories.title_hans as story,
    row_number() over unfolding as step,
    articles.night,
    articles.published_on,
    articles.published_at_utc,
    sources.source_id,
    articles.script,
    articles.title_hans
from marts.dim_story as stories
join marts.fct_article as articles using (story_key)
join marts.dim_source as sources using (source_key)
where stories.article_count > 1
window unfolding as (
    partition by stories.story_key
    order by coalesce(articles.published_at_utc, articles.published_on, articles.night), articles.article_key
)
order by stories.article_count desc, stories.story_key, step
