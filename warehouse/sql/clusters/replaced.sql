-- The new rows of the region take the place of the old ones.
delete from core.copies where document_id in (from region);

insert into core.copies by name
from incoming
