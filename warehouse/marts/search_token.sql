-- The word index, by word: a search reads the few blocks that hold its words, in any order.
select
    unnest(words.tokens) as token,
    survivors.article_key,
    unnest(words.occurrences) as occurrences
from core.search_tokens as words
join core.survivors as survivors using (document_id)
order by token
