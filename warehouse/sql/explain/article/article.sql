-- The article $article_id without its text.
select * exclude (body_hans, body_original)
from marts.fct_article
where article_id = $article_id
