-- The documents of which something has changed since their clusters were made: the temporary table `region`.
--
-- Reads   sources (source_id, trust), those declared in this home; ops.touched, where whoever changes anything about a
--             document says so: it was compared, lost a pair, was forgotten, or a record named it.
-- Fills   region (document_id): these, and the versions of one record with one of them; what else is tied to them is found by
--             `spread.sql`, from `latest`. Versions of one record of which none has changed are of one article, or tell of
--             each other nothing;
--         bodies (document_id, body_hash): of those that may have another body than when their clusters were made;
--         settled (state): every source with documents, and its trust, for the books.
--
-- Of a document that a record brings in again nothing has changed, unless that record is of the earliest night of all; a
-- record that takes documents back changes those it names. What comes of neither is struck off.
create or replace temp table named as
select document_id, min(night) as first_night, max(night) as last_night, bool_or(is_retraction) as is_retraction
from raw.documents
where document_id in (select unit_id from ops.touched where night is not null)
group by document_id;

delete from ops.touched
where night is not null and not exists (
    from named
    where document_id = unit_id and (is_retraction or (night = first_night and first_night < last_night))
);

create or replace temp table settled as
select source_id, source_id || ' ' || coalesce(trust::varchar, '') as state
from (select distinct source_id from core.canonical_documents)
left join sources using (source_id);

create or replace temp table touched as
with
retractions as (
    select source_id, natural_id
    from raw.documents
    where is_retraction and document_id in (select unit_id from ops.touched where night is not null)
),

unsettled as (
    select source_id
    from settled
    where state not in (select unit_id from ops.done where stage = 'deduplicate')
)

select unit_id as document_id from ops.touched where stage = 'deduplicate'
union
select document_id from raw.documents semi join retractions using (source_id, natural_id)
union
select document_id
from raw.documents as documents
semi join retractions on retractions.source_id = documents.source_id and retractions.natural_id = documents.url
union
select document_id from core.canonical_documents semi join unsettled using (source_id);

create or replace temp table region as
with records as (
    select source_id, natural_id from core.clean_documents semi join touched using (document_id)
)
from touched
union
select document_id from core.clean_documents semi join records using (source_id, natural_id);

create or replace temp table latest as
from region;

create or replace temp table bodies as
with keyed as materialized (
    select document_id, key_of(document_id) as document_key, night
    from core.canonical_documents
    semi join touched using (document_id)
)
select document_id, body_hash
from keyed
left join (
    select document_key, body_hash
    from core.clauses
    semi join keyed using (document_key, night)
    where clause_hash = body_hash
) using (document_key)
