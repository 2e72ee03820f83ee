-- The rows of the region, of those stored or of those made anew. Filled in `rows`, where they are.
select * from {rows} where article_id in (from region) or other_article_id in (from region)
