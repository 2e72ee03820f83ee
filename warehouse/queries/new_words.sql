-- 哪些关键词最近一周第一次出现？ / Which keywords of this week had never been met before?
with
days as (
    select
        min(night) as first_night,
        max(night) as last_night
    from marts.fct_article
)

select
    keywords.keyword_hans,
    min(articles.night) as first_night,
    count(*) as articles,
    arg_max(articles.title_hans, (keywords.weight, articles.article_key)) as told_in
from marts.bridge_article_keyword as keywords
join marts.fct_article as articles using (article_key)
cross join days
-- In the first week of a warehouse every word would be new.
where days.first_night <= days.last_night - 7
group by keywords.keyword_hans, days.last_night
having min(articles.night) > days.last_night - 7
order by articles desc, keywords.keyword_hans
limit 20
