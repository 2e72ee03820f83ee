-- The rows of the region, of those stored or of those made anew. Filled in `rows`, where they are.
select * from {rows} where document_id in (from region)
