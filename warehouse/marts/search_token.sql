-- The word index, in the order a search reads it.
select
    tokens.token,
    key_of(copies.article_id) as article_key,
    tokens.occurrences
from core.article_tokens as tokens
join core.copies as copies using (document_id)
order by tokens.token, article_key
