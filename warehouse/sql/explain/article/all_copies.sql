-- Every document that is a copy of the article $article_id.
select copies.document_id, copies.verdict, copies.jaccard, copies.containment, copies.script, copies.script_origin
from marts.fct_copy as copies
join marts.fct_article as article using (article_key)
where article.article_id = $article_id
order by copies.verdict, copies.document_id
