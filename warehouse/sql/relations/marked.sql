-- The relations of the region are done. $reference is the digest of the reference data.
delete from ops.done
where stage = 'relate' and unit_id in (from region);

insert into ops.done
select distinct 'relate', article_id, $reference from core.copies where article_id in (from region)
