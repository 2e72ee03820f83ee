-- A broken expectation keeps the query that shows its rows, and the first of them; of older ones that is not known.
alter table ops.expectations add column query VARCHAR;
alter table ops.expectations add column first_rows VARCHAR;
