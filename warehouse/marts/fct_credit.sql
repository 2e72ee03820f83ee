-- People credited, once per role.
with
credits as (
    select copies.article_id, unnest(articles.credits, recursive := true)
    from core.articles as articles
    join core.copies as copies using (document_id)
)

select
    key_of(article_id) as article_key,
    role,
    name_hans,
    max(affiliation) as affiliation
from credits
group by all
