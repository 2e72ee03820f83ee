-- What the choice of a survivor looks at, as the view core.accepted_documents has it, of the documents of the region.
with
nights as (
    select document_id, min(night) as night
    from raw.documents
    semi join region using (document_id)
    group by document_id
)

select described.*, nights.night, retracted.retracted_night
from described
join nights using (document_id)
left join (from core.retracted_documents semi join region using (document_id)) as retracted using (document_id)
