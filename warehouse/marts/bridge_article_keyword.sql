-- Keywords of the survivors.
select
    key_of(copies.article_id) as article_key,
    keywords.keyword_hans,
    keywords.rank,
    keywords.weight
from core.keywords as keywords
join core.articles as articles using (document_id)
join core.copies as copies using (document_id)
