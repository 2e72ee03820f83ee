-- 哪些事件简体和繁体媒体都报道了，谁先报？ / Which stories were told in both scripts, and in which first?
select
    stories.title_hans as story,
    count(*) filter (where articles.script = 'Hans') as in_simplified,
    count(*) filter (where articles.script = 'Hant') as in_traditional,
    stories.outlet_count as outlets,
    min(articles.published_on) as first_published_on,
    arg_min(articles.script, (articles.published_on, articles.published_at_utc, articles.article_key)) as first_in
from marts.dim_story as stories
join marts.fct_article as articles using (story_key)
where stories.article_count > 1
group by stories.story_key, stories.title_hans, stories.outlet_count
having in_simplified > 0 and in_traditional > 0
order by in_simplified + in_traditional desc, stories.story_key
