-- Every accepted document with the earliest night any record brought it in, and what its records say of it.
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
    canonical.script,
    canonical.script_origin,
    canonical.quality_score,
    cleaned.title_is_inferred
from core.canonical_documents as canonical
join core.clean_documents as cleaned using (document_id)
join core.first_nights as first_night using (document_id)
