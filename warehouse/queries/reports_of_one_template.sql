-- 哪些报道出自同一模板，只是数字不同？ / Which reports share a template and differ only in their figures?
select
    articles.title_hans,
    others.title_hans as other_title,
    articles.published_on,
    others.published_on as other_published_on,
    round(relations.score, 2) as score
from marts.fct_relation as relations
join marts.fct_article as articles using (article_key)
join marts.fct_article as others on others.article_key = relations.other_article_key
where
    relations.relation = 'sibling'
    and relations.article_key < relations.other_article_key
order by relations.score desc, articles.title_hans, other_title
