-- The documents of the region are done, and the relations of all articles they belonged or belong to are not.
--
-- Reads   incoming, the new rows; $reference, the digest of the reference data.
delete from ops.touched where stage = 'deduplicate';

insert into ops.touched
select 'relate', article_id, null
from (
    select article_id from core.copies semi join region using (document_id)
    union
    select article_id from incoming
);

delete from ops.done where stage = 'deduplicate';

insert into ops.done
select 'deduplicate', state, $reference from settled
