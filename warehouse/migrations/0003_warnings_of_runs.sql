-- A run keeps what it warned of; of older ones that is not known.
alter table ops.runs add column warnings VARCHAR;
