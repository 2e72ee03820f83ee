-- Keywords of the survivors.
select
    articles.article_key,
    keywords.keyword_hans,
    keywords.rank,
    keywords.weight
from core.keywords as keywords
join fresh_articles as articles using (document_id)
