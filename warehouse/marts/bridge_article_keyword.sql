-- Keywords of the survivors.
select
    survivors.article_key,
    keywords.keyword_hans,
    keywords.rank,
    keywords.weight
from core.keywords as keywords
join core.survivors as survivors using (document_id)
