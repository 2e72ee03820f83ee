-- Every article with the day it tells of: its publication, the first night where none is stated.
select
    survivors.document_id,
    survivors.article_id,
    first.night as first_night,
    coalesce(published.published_on, first.night) as story_on
from core.survivors as survivors
join core.accepted_documents as first on first.document_id = survivors.article_id
join core.canonical_documents as published on published.document_id = survivors.document_id
