-- The pairs within the region.
select pairs.*
from (from core.pairs semi join region using (document_id)) as pairs
semi join region on region.document_id = pairs.other_document_id
