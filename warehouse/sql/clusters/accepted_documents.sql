-- What the choice of a survivor looks at, as the view core.accepted_documents has it, of the documents of the region.
with
nights as (
    select document_id, min(night) as night
    from raw.documents
    semi join region using (document_id)
    group by document_id
)

select
    canonical.document_id,
    canonical.source_id,
    cleaned.natural_id,
    nights.night,
    canonical.title_hans,
    canonical.published_on,
    cleaned.published_at_utc,
    case when bodies.document_id is null then clustered.body_hash else bodies.body_hash end as body_hash,
    canonical.char_count,
    canonical.repair_count,
    canonical.script,
    canonical.script_origin,
    canonical.quality_score,
    cleaned.title_is_inferred,
    retracted.retracted_night
from (from core.canonical_documents semi join region using (document_id)) as canonical
join (from core.clean_documents semi join region using (document_id)) as cleaned using (document_id)
join nights using (document_id)
left join bodies using (document_id)
left join (from core.copies semi join region using (document_id)) as clustered using (document_id)
left join (from core.retracted_documents semi join region using (document_id)) as retracted using (document_id)
