-- The story of the article $article_id, and what ties the article to it.
select story.*, other.title_hans as tied_title_hans, tie.score, tie.evidence
from marts.fct_article as article
join marts.dim_story as story using (story_key)
left join marts.fct_story_article as tie on tie.article_key = article.article_key
left join marts.fct_article as other on other.article_key = tie.tied_article_key
where article.article_id = $article_id
