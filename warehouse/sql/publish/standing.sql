-- How every article stands: what of its row can change while its text stays.
with
arrivals as (
    select documents.document_id, min(records.first_seen_at_utc) as first_seen_at_utc
    from raw.documents as documents
    join raw.records as records using (record_id)
    group by documents.document_id
),

clusters as (
    select
        copies.article_id,
        count(*) - 1 as copy_count,
        min(arrivals.first_seen_at_utc) as first_seen_at_utc
    from core.copies as copies
    join arrivals using (document_id)
    group by copies.article_id
),

versions as (
    select article_id, max(version) as version
    from history
    group by article_id
)

select
    survivors.article_key,
    survivors.article_id,
    survivors.document_id,
    key_of(stories.story_id) as story_key,
    accepted.night,
    versions.version,
    clusters.copy_count,
    clusters.first_seen_at_utc
from core.survivors as survivors
join core.dated_documents as accepted using (document_id)
join clusters on clusters.article_id = survivors.article_id
join versions on versions.article_id = survivors.article_id
join core.stories as stories on stories.document_id = survivors.document_id
