-- The $limit articles that $text finds, the best first.
select
    round(found.score, 3) as score,
    article.article_id,
    article.title_hans,
    article.outlet,
    article.published_on,
    article.url
from marts.search($text) as found
join marts.fct_article as article using (article_key)
order by found.score desc, article.article_key
limit $limit
