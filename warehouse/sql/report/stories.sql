-- The stories most articles of the last night tell, of those told by more than one.
select
    stories.story_key,
    stories.title_hans,
    stories.first_night,
    count(*) as tonight,
    stories.article_count,
    stories.outlet_count
from marts.fct_article as articles
join marts.dim_story as stories using (story_key)
where articles.night = (select max(night) from marts.fct_article) and stories.article_count > 1
group by all
order by tonight desc, stories.article_count desc, stories.story_key
limit 15
