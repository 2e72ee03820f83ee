-- The survivor of every cluster of copies.
with
clusters as (
    select
        article_id,
        count(*) - 1 as copy_count,
        min(records.first_seen_at_utc) as first_seen_at_utc
    from core.copies as copies
    join (
        select documents.document_id, min(records.first_seen_at_utc) as first_seen_at_utc
        from raw.documents as documents
        join raw.records as records using (record_id)
        group by documents.document_id
    ) as records using (document_id)
    group by article_id
),

versions as (
    select article_id, max(version) as version
    from core.article_versions
    group by article_id
)

select
    key_of(copies.article_id) as article_key,
    copies.article_id,
    copies.document_id,
    key_of_name(canonical.source_id) as source_key,
    key_of(stories.story_id) as story_key,
    accepted.night,
    versions.version,
    canonical.title_hans,
    canonical.title_hant,
    cleaned.title_original,
    cleaned.title_start_offset,
    cleaned.title_is_inferred,
    summaries.summary_hans,
    canonical.body_hans,
    cleaned.body_original,
    canonical.script,
    canonical.script_region,
    canonical.script_origin,
    cleaned.published_on,
    cleaned.published_at_utc,
    cleaned.published_precision,
    cleaned.published_is_inferred,
    cleaned.published_evidence,
    canonical.agency,
    canonical.outlet,
    canonical.author_line,
    canonical.dateline_place,
    canonical.section,
    cleaned.url,
    case canonical.script when 'mixed' then 'zh' else 'zh-' || canonical.script end as language,
    canonical.char_count,
    canonical.paragraph_count,
    canonical.sentence_count,
    canonical.removed_char_count,
    canonical.repair_count,
    canonical.quality_score,
    array_to_string(list_sort(canonical.quality_flags), ',') as quality_flags,
    clusters.copy_count,
    clusters.first_seen_at_utc,
    icu_sort_key(canonical.title_hans, 'zh') as title_pinyin_sort
from core.copies as copies
join core.canonical_documents as canonical using (document_id)
join core.clean_documents as cleaned using (document_id)
join core.accepted_documents as accepted using (document_id)
join clusters on clusters.article_id = copies.article_id
join versions on versions.article_id = copies.article_id
join core.stories as stories on stories.document_id = copies.document_id
left join core.summaries as summaries on summaries.document_id = copies.document_id
where copies.survivor_document_id = copies.document_id and copies.retracted_night is null
