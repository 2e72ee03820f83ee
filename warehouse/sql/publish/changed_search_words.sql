-- In how many more articles each word of the index stands than in the earlier release: in documents that have become
-- articles, less those that are one no more. An article that stands otherwise but is of the same document has its words.
with
lost as (
    select article_key
    from published.marts.fct_article
    semi join gone_articles using (article_key)
    anti join standing using (document_id)
),

words as (
    select unnest(string_split(tokens, chr(31))) as token, 1 as articles
    from core.search_tokens
    semi join (from fresh_articles anti join published.marts.fct_article using (document_id)) using (document_id)
    where tokens <> ''
    union all
    select token, -1
    from published.marts.search_token
    semi join lost using (article_key)
)

select token, sum(articles)::BIGINT as articles
from words
group by token
having sum(articles) <> 0
