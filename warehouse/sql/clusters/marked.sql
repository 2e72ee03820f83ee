-- The documents of the region are done, and the relations of all articles they belonged or belong to are not.
--
-- Reads   incoming, the new rows; $reference, the digest of the reference data.
delete from ops.done
where stage = 'relate'
    and unit_id in (
        select article_id from core.copies where document_id in (from region)
        union
        select article_id from incoming
    );

delete from ops.done
where stage = 'deduplicate' and substr(unit_id, 1, 16) in (from region);

insert into ops.done
select 'deduplicate', state, $reference from today semi join region using (document_id)
