-- People credited, once per role.
with
credits as (
    select survivors.article_key, unnest(articles.credits, recursive := true)
    from core.canonical_documents as articles
    join core.survivors as survivors using (document_id)
)

select
    article_key,
    role,
    name_hans,
    max(affiliation) as affiliation
from credits
group by all
