-- What the choice of a survivor looks at; the night is the earliest any record brought the document in.
select
    canonical.document_id,
    canonical.source_id,
    cleaned.natural_id,
    first_night.night,
    canonical.title_hans,
    canonical.published_on,
    cleaned.published_at_utc,
    bodies.body_hash,
    canonical.char_count,
    canonical.repair_count,
    canonical.script,
    canonical.script_origin,
    canonical.quality_score,
    cleaned.title_is_inferred,
    retracted.retracted_night
from core.canonical_documents as canonical
join core.clean_documents as cleaned using (document_id)
join core.first_nights as first_night using (document_id)
left join (from core.clauses where clause_hash = body_hash) as bodies
    on bodies.document_key = key_of(canonical.document_id)
left join core.retracted_documents as retracted using (document_id)
