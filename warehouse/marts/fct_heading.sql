-- Section headings of the survivors.
with
headings as (
    select survivors.article_key, unnest(articles.headings, recursive := true)
    from core.canonical_documents as articles
    join core.survivors as survivors using (document_id)
)

select
    article_key,
    ordinal,
    level,
    text_hans,
    text_original,
    before_paragraph
from headings
