-- The published articles that $documents belong to.
select distinct article.article_id, article.title_hans
from marts.fct_article as article
join meta.ledger as ledger using (article_id)
where list_contains($documents, ledger.document_id)
order by all
