-- The new rows of the region take the place of the old ones.
delete from core.relations
where article_id in (from region) or other_article_id in (from region);

insert into core.relations by name
from incoming
