-- Every article with the day it tells of: its publication, the first night where none is stated; and the document that
-- was compared in its place: of all that have one body the one with the smallest id.
with
voices as (
    select body_hash, min(document_id) as voice_id
    from core.copies
    where body_hash is not null
    group by body_hash
)

select
    survivors.document_id,
    survivors.article_id,
    coalesce(voices.voice_id, survivors.document_id) as voice_id,
    first.night as first_night,
    coalesce(published.published_on, first.night) as story_on
from core.survivors as survivors
join core.copies as copies on copies.document_id = survivors.document_id
left join voices on voices.body_hash = copies.body_hash
join core.dated_documents as first on first.document_id = survivors.article_id
join core.canonical_documents as published on published.document_id = survivors.document_id
