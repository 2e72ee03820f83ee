-- The documents their source took back. A retraction is final, whether the text it names came before or comes after.
select documents.document_id, min(retractions.night) as retracted_night
from raw.documents as documents
join raw.documents as retractions
    on retractions.is_retraction
    and retractions.source_id = documents.source_id
    and retractions.natural_id in (documents.natural_id, documents.url)
where not documents.is_retraction
group by documents.document_id
