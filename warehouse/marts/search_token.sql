-- The word index, by word: a search reads the few blocks that hold its words, in any order.
select
    tokens.token,
    articles.article_key,
    tokens.occurrences
from core.search_tokens as tokens
join fresh_articles as articles using (document_id)
order by tokens.token
