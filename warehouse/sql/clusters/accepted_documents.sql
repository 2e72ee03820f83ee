-- What the choice of a survivor looks at, as the view core.accepted_documents has it, of the documents of the region.
select
    canonical.document_id,
    canonical.source_id,
    cleaned.natural_id,
    today.night,
    canonical.title_hans,
    canonical.published_on,
    cleaned.published_at_utc,
    today.body_hash,
    canonical.char_count,
    canonical.repair_count,
    canonical.script,
    canonical.script_origin,
    canonical.quality_score,
    cleaned.title_is_inferred,
    today.retracted_night
from region
join today using (document_id)
join core.canonical_documents as canonical using (document_id)
join core.clean_documents as cleaned using (document_id)
