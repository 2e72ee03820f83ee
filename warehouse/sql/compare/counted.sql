-- What the rare keys say of every pair of speakers of which one is new: the counting join.
--
-- Fills   counted (document_key < other_document_key, shared_chars, shared_keys, chunk_no), chunk_no being the later of
--         the two documents' turns.
create or replace temp table counted as
with rare as materialized (
    from carriers where bodies <= getvariable('most_bodies')
)
select
    least(new.document_key, other.document_key) as document_key,
    greatest(new.document_key, other.document_key) as other_document_key,
    sum(least(new.clause_chars, other.clause_chars))::bigint as shared_chars,
    count(*) as shared_keys,
    max(greatest(new.chunk_no, other.chunk_no)) as chunk_no
from (from rare where chunk_no >= 0) as new
inner join rare as other
    on other.clause_hash = new.clause_hash
    and (other.chunk_no < 0 or new.document_key < other.document_key)
group by 1, 2
having shared_chars >= getvariable('least_chars')
