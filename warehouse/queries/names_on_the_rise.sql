-- 哪些名字最近一周比前一周多见？ / Which names stand in more articles this week than in the week before?
with
days as (
    select
        min(night) as first_night,
        max(night) as last_night
    from marts.fct_article
)

select
    entities.name_hans,
    entities.entity_type,
    count(*) filter (where articles.night > days.last_night - 7) as this_week,
    count(*) filter (where articles.night <= days.last_night - 7) as week_before
from marts.fct_mention as mentions
join marts.fct_article as articles using (article_key)
join marts.dim_entity as entities using (entity_key)
cross join days
where articles.night > days.last_night - 14
    -- In the first week of a warehouse every name would be on the rise.
    and days.first_night <= days.last_night - 7
group by all
having this_week > week_before
order by this_week - week_before desc, entities.name_hans
limit 20
