-- The word index, by word: a search reads the few blocks that hold its words, in any order.
select
    unnest(string_split(words.tokens, chr(31))) as token,
    articles.article_key,
    unnest(words.occurrences) as occurrences
from core.search_tokens as words
join fresh_articles as articles using (document_id)
where words.tokens <> ''
order by token
