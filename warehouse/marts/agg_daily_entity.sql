-- How often each entity is named each night.
select
    date_key(articles.night) as date_key,
    mentions.entity_key,
    count(*) as articles,
    sum(mentions.mention_count) as mentions
from published.marts.fct_mention as mentions
join published.marts.fct_article as articles using (article_key)
group by all
