-- What comparing needs of every document in a candidate pair of this chunk: rows of `met`, where `met.sql` of the folder
-- compare has put those of all chunks.
from met
semi join (
    select document_id from candidates
    union
    select other_document_id from candidates
) using (document_id)
