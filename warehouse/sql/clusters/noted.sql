-- What was done to these documents may change their clusters: noted until they have been done over.
--
-- Reads   touching (document_id, night), night being that of the record that was read, NULL where none was.
insert into ops.touched
select 'deduplicate', document_id, night
from touching
