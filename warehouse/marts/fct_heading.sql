-- Section headings of the survivors.
with
headings as (
    select articles.article_key, unnest(canonical.headings, recursive := true)
    from core.canonical_documents as canonical
    join fresh_articles as articles using (document_id)
)

select
    article_key,
    ordinal,
    level,
    text_hans,
    text_original,
    before_paragraph
from headings
