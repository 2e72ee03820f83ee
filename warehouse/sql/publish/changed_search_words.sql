-- In how many more articles each word of the index stands than in the earlier release: in documents that have become
-- articles, less those that are one no more.
with
words as (
    select unnest(string_split(tokens, chr(31))) as token, 1 as articles
    from core.search_tokens
    semi join fresh_texts using (document_id)
    where tokens <> ''
    union all
    select token, -1
    from published.marts.search_token
    semi join gone_texts using (article_key)
)

select token, sum(articles)::BIGINT as articles
from words
group by token
having sum(articles) <> 0
