-- One partition of the pairs a cluster counted: those that share what they must in the keys that were asked by.
insert into counted
select place, other_place, shared_chars
from pairs_counted
inner join askers using (place)
where shared_chars >= least_asked
