-- Every accepted document and the article it belongs to.
select
    copies.document_id,
    key_of(copies.article_id) as article_key,
    key_of_name(canonical.source_id) as source_key,
    accepted.night,
    copies.verdict,
    copies.matched_document_id,
    copies.jaccard,
    copies.containment,
    canonical.outlet,
    cleaned.published_on,
    canonical.script,
    canonical.script_region,
    canonical.script_origin
from core.copies as copies
join core.canonical_documents as canonical using (document_id)
join core.clean_documents as cleaned using (document_id)
join accepted using (document_id)
semi join core.survivors as survivors on survivors.document_id = copies.survivor_document_id
