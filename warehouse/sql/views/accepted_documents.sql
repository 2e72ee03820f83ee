-- What the choice of a survivor looks at; the night is the earliest any record brought the document in.
with
first_night as (
    select document_id, min(night) as night
    from raw.documents
    group by document_id
),

-- A retraction is final, whether the text it names came before or comes after.
retracted as (
    select documents.document_id, min(retractions.night) as retracted_night
    from raw.documents as documents
    join raw.documents as retractions
        on retractions.is_retraction
        and retractions.source_id = documents.source_id
        and retractions.natural_id in (documents.natural_id, documents.url)
    where not documents.is_retraction
    group by documents.document_id
)
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
join first_night using (document_id)
left join (from core.clauses where clause_hash = body_hash) as bodies
    on bodies.document_key = key_of(canonical.document_id)
left join retracted using (document_id)
