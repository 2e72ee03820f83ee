-- The articles the article $article_id is related to.
select relations.relation, other.title_hans, relations.score, relations.evidence
from marts.fct_relation as relations
join marts.fct_article as article using (article_key)
join marts.fct_article as other on other.article_key = relations.other_article_key
where article.article_id = $article_id
order by relations.relation
