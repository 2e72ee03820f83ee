-- What comparing needs of every document in a pair of `found`: the temporary table `met`. History is gone through once for all
-- chunks; asked by row number, the store reads the blocks these rows lie in and no others.
create or replace temp table met as
select document_id, title_hans, body_hans, script, script_origin, source_id, published_on
from core.canonical_documents
where rowid in (
    select rowid
    from core.canonical_documents
    semi join (
        select document_id from found
        union
        select other_document_id from found
    ) using (document_id)
)
