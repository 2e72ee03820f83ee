-- One step from the `latest` documents of `region` to all that are tied to one of them: a copy, of one body, or of one article
-- when clusters were made last.
create or replace temp table clustered as
select body_hash, article_id from core.copies semi join latest using (document_id);

create or replace temp table latest as
with
same_body as (
    select body_hash from clustered
    union
    select body_hash from bodies semi join latest using (document_id)
),

tied as (
    select document_id from core.copies semi join same_body using (body_hash)
    union
    select document_id from core.copies semi join clustered using (article_id)
    union
    select other_document_id from core.pairs semi join latest using (document_id) where is_copy
    union
    select document_id from core.pairs semi join latest on latest.document_id = other_document_id where is_copy
)

select document_id
from tied
anti join region using (document_id);

insert into region
from latest
