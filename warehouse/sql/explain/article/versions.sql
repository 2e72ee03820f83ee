-- Every version of the article $article_id.
select versions.*
from marts.fct_article_version as versions
join marts.fct_article as article using (article_key)
where article.article_id = $article_id
order by versions.version
