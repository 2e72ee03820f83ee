-- 哪些文章谈到某个词，不论简繁？ / Which articles speak of something, whatever the script they or the question are in?
-- about: 機器人 圖書館
select
    round(found.score, 2) as score,
    articles.title_hans,
    articles.outlet,
    articles.published_on,
    articles.script
from marts.search('機器人 圖書館') as found
join marts.fct_article as articles using (article_key)
order by found.score desc, articles.article_key
limit 10
