-- One step from the documents of `region` to all that are tied to one of them: a copy, of one body, versions of one record,
-- or of one article when clusters were made last.
--
-- Adds to   region; described, what clusters are made from, of the documents that were in the region before.
create or replace temp table latest as
select document_id from region anti join described using (document_id);

create or replace temp table clustered as
select document_id, body_hash, article_id from core.copies semi join latest using (document_id);

insert into described by name
select
    canonical.document_id,
    case when bodies.document_id is null then clustered.body_hash else bodies.body_hash end as body_hash,
    canonical.source_id,
    cleaned.natural_id,
    canonical.title_hans,
    canonical.published_on,
    cleaned.published_at_utc,
    canonical.char_count,
    canonical.repair_count,
    canonical.script,
    canonical.script_origin,
    canonical.quality_score,
    cleaned.title_is_inferred
from (from core.canonical_documents semi join latest using (document_id)) as canonical
join (from core.clean_documents semi join latest using (document_id)) as cleaned using (document_id)
left join clustered using (document_id)
left join bodies using (document_id);

insert into region
with
near as (
    select body_hash, source_id, natural_id from described semi join latest using (document_id)
),

same_body as (
    select body_hash from near union select body_hash from clustered
),

tied as (
    select document_id from core.copies semi join same_body using (body_hash)
    union
    select document_id from core.copies semi join clustered using (article_id)
    union
    select document_id from core.clean_documents semi join near using (source_id, natural_id)
    union
    select other_document_id from core.pairs semi join latest using (document_id) where is_copy
    union
    select document_id from core.pairs semi join latest on latest.document_id = other_document_id where is_copy
)

select document_id
from tied
anti join region using (document_id)
