-- A checkpoint tells under which reference data its unit was done; of older ones that is not known.
alter table ops.done add column reference_digest VARCHAR default 'unknown';
alter table ops.done alter column reference_digest drop default;
alter table ops.done alter column reference_digest set not null;
