-- One partition of the counted pairs: compared when the turn of the later of the two comes, and only once in all nights.
insert into found
with named as (
    select
        lower(lpad(to_hex(document), 16, '0')) as document_id,
        lower(lpad(to_hex(other_document), 16, '0')) as other_document_id,
        shared_chars,
        shared_keys
    from counted
)
select
    named.document_id,
    named.other_document_id,
    named.shared_chars,
    named.shared_keys,
    greatest(one.chunk_no, two.chunk_no) as chunk_no
from named
left join pending as one on one.unit_id = named.document_id
left join pending as two on two.unit_id = named.other_document_id
anti join core.pairs using (document_id, other_document_id)
