-- What the choice of a survivor looks at. Whoever asks for less asks core.dated_documents: what stands for a body is one
-- key of nearly two hundred.
select dated.*, bodies.body_hash, retracted.retracted_night
from core.dated_documents as dated
left join (from core.clauses where clause_hash = body_hash) as bodies
    on bodies.document_key = key_of(dated.document_id)
left join core.retracted_documents as retracted using (document_id)
