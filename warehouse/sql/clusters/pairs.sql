-- The pairs within the region.
select *
from core.pairs
where document_id in (from region) and other_document_id in (from region)
