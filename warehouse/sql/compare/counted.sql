-- The pairs that share as much in the keys the asker asks by as it must: of `summed` (pair, shared_chars), what was met
-- from place $first on.
--
-- Adds to   counted (place < other_place, shared_chars).
insert into counted
select place, pair & 268435455, shared_chars
from summed
inner join askers on place = $first + (pair >> 28)
where shared_chars >= least_asked
