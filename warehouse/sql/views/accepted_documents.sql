-- What the choice of a survivor looks at; the night is the earliest any record brought the document in.
with
first_night as (
    select document_id, min(night) as night
    from raw.documents
    group by document_id
)
select
    canonical.document_id,
    canonical.source_id,
    cleaned.natural_id,
    first_night.night,
    canonical.title_hans,
    canonical.published_on,
    cleaned.published_at_utc,
    canonical.char_count,
    canonical.repair_count,
    canonical.script_origin,
    canonical.quality_score,
    cleaned.title_is_inferred
from core.canonical_documents as canonical
join core.clean_documents as cleaned using (document_id)
join first_night using (document_id)
