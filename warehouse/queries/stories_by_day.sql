-- 每天最大的事件是哪些？ / Which were the largest stories of each day?
select
    articles.published_on,
    stories.title_hans as story,
    count(*) as articles_that_day,
    count(distinct coalesce(articles.outlet, articles.agency, sources.source_id)) as outlets_that_day,
    stories.article_count as articles_in_all,
    stories.first_published_on as since
from marts.dim_story as stories
join marts.fct_article as articles using (story_key)
join marts.dim_source as sources using (source_key)
where stories.article_count > 1
    and articles.published_on is not null
group by articles.published_on, stories.story_key, stories.title_hans, stories.article_count, stories.first_published_on
qualify row_number() over (
    partition by articles.published_on order by articles_that_day desc, stories.article_count desc, stories.story_key
) <= 5
order by articles.published_on desc, articles_that_day desc, articles_in_all desc, stories.story_key
