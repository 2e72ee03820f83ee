-- Documents that are compared with each other take their turn together, as far as chunks hold them: what is in one chunk is
-- read and taken apart once. They fill chunks of the usual size, sixteen at least if there are as many, so that several workers
-- have their share; documents that are compared with none stay where they are.
--
-- Changes   chunk_no of `pending` and `found`.
create or replace temp table families as
with
ties as (
    select document_id, other_document_id from found
    union all
    select other_document_id, document_id from found
),
near as (
    select document_id, least(document_id, min(other_document_id)) as family from ties group by document_id
),
far as (
    select ties.document_id, min(near.family) as family
    from ties
    inner join near on near.document_id = ties.other_document_id
    group by ties.document_id
),
weighed as (
    select unit_id, chunk_no, char_count
    from pending
    inner join core.canonical_documents on document_id = unit_id
),
reached as (
    select
        weighed.unit_id,
        sum(char_count) over (order by least(near.family, far.family), weighed.unit_id) - char_count as reached,
        sum(char_count) over () as total
    from weighed
    inner join near on near.document_id = weighed.unit_id
    inner join far on far.document_id = weighed.unit_id
),
compared as (
    select any_value(total) as compared_chars from reached
),
chunks as (
    select least(
        max(chunk_no) + 1,
        greatest(16, ceil((max(chunk_no) + 1) * any_value(compared_chars) / sum(char_count))::bigint)
    ) as filled
    from weighed
    cross join compared
)
select unit_id, (reached * filled // total)::bigint as chunk_no
from reached
cross join chunks;

update pending
set chunk_no = families.chunk_no
from families
where families.unit_id = pending.unit_id;

update found
set chunk_no = greatest(coalesce(one.chunk_no, -1), coalesce(two.chunk_no, -1))
from found as pairs
left join families as one on one.unit_id = pairs.document_id
left join families as two on two.unit_id = pairs.other_document_id
where pairs.document_id = found.document_id and pairs.other_document_id = found.other_document_id;

drop table families
