-- The relations of the region are done. $reference is the digest of the reference data.
delete from ops.touched where stage = 'relate';

delete from ops.done where stage = 'relate';

insert into ops.done values ('relate', 'copies', $reference)
