-- The documents of which something has changed since their clusters were made: the temporary table `region`.
--
-- Reads   sources (source_id, trust), those declared in this home.
-- Fills   today (document_id, body_hash, record, night, retracted_night, state): every canonical document. `record` is the
--             same for documents of one natural id in one source; `state` names the document and digests what may change
--             of it and of its pairs;
--         region (document_id): new, changed or gone.
--
-- Nothing else that clusters are made from changes for a document whose rows stay.
create or replace temp table today as
with
said as (
    select document_id, hash(other_document_id, verdict, relation, is_reversed, jaccard, containment) as pair from core.pairs
    union all
    select other_document_id, hash(document_id, verdict, relation, is_reversed, jaccard, containment) from core.pairs
),

pairs as (
    select document_id, bit_xor(pair) as pairs from said group by document_id
),

done as (
    select unit_id from ops.done where stage = 'deduplicate'
),

documents as (
    select
        canonical.document_id,
        hash(cleaned.source_id, cleaned.natural_id) as record,
        cleaned.natural_id is not null as has_record,
        nights.night,
        retracted.retracted_night,
        canonical.document_id || to_hex(hash(nights.night, retracted.retracted_night, sources.trust, pairs.pairs)) as state
    from core.canonical_documents as canonical
    join core.clean_documents as cleaned using (document_id)
    join core.first_nights as nights using (document_id)
    left join core.retracted_documents as retracted using (document_id)
    left join pairs using (document_id)
    left join sources on sources.source_id = canonical.source_id
)

select
    documents.document_id,
    copies.body_hash,
    case when has_record then record end as record,
    documents.night,
    documents.retracted_night,
    state,
    copies.document_id is null or done.unit_id is null as is_touched
from documents
left join core.copies as copies using (document_id)
left join done on done.unit_id = state;

update today
set body_hash = bodies.body_hash
from core.clauses as bodies
where is_touched and bodies.clause_hash = bodies.body_hash and bodies.document_key = key_of(today.document_id);

create or replace temp table region as
select document_id from today where is_touched
union all
select document_id from core.copies anti join today using (document_id)
