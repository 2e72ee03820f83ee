-- People credited, once per role.
with
credits as (
    select articles.article_key, unnest(canonical.credits, recursive := true)
    from core.canonical_documents as canonical
    join fresh_articles as articles using (document_id)
)

select
    article_key,
    role,
    name_hans,
    max(affiliation) as affiliation
from credits
group by all
