-- One partition of the pairs a cluster counted.
insert into counted by name from pairs_counted
