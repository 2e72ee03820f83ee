-- The new rows of the region take the place of the old ones. An article that is no more is related to nothing.
create or replace temp table old_articles as
select distinct article_id from core.copies where document_id in (from region);

delete from core.copies where document_id in (from region);

insert into core.copies by name
from incoming;

create or replace temp table vanished_articles as
from old_articles anti join core.copies using (article_id);

delete from core.relations
where article_id in (from vanished_articles) or other_article_id in (from vanished_articles)
