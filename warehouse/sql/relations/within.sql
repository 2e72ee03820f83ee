-- The rows of the region, of those stored or of those made anew. Filled in `rows`, where they are.
select * from {rows} semi join region using (article_id)
union all
select related.*
from {rows} as related
semi join region on region.article_id = related.other_article_id
where related.article_id not in (from region)
