-- The documents that have become articles since the earlier release. An article that stands otherwise but is of the same
-- document says what it said.
select document_id
from standing
anti join published.marts.fct_article using (document_id)
