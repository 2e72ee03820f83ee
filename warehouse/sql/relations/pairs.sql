-- The pairs of which one document speaks for an article of the region.
select *
from core.pairs
where relation is not null and (document_id in (from voices) or other_document_id in (from voices))
