-- The documents their source took back. A retraction is final, whether the text it names came before or comes after.
with
retractions as (
    select source_id, natural_id, night from raw.documents where is_retraction
),

named as (
    select documents.document_id, retractions.night
    from raw.documents as documents
    join retractions using (source_id, natural_id)
    where not is_retraction
    union all
    select documents.document_id, retractions.night
    from raw.documents as documents
    join retractions
        on retractions.source_id = documents.source_id
        and retractions.natural_id = documents.url
    where not is_retraction
)

select document_id, min(night) as retracted_night
from named
group by document_id
