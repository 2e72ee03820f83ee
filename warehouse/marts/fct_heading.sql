-- Section headings of the survivors.
with
headings as (
    select copies.article_id, unnest(articles.headings, recursive := true)
    from core.articles as articles
    join core.copies as copies using (document_id)
)

select
    key_of(article_id) as article_key,
    ordinal,
    level,
    text_hans,
    text_original,
    before_paragraph
from headings
