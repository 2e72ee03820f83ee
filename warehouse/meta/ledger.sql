-- One fate per record: held back, published, a copy, or replaced by a later version.
with
held as (
    select
        record_id,
        document_id,
        min_by(fate, (stage, reason_code)) as fate,
        min_by(reason_code, (stage, reason_code)) as reason_code
    from ops.quarantine
    where fate <> 'none'
    group by all
),

-- Of a file that could not be opened (a broken link, a pipe) no bytes were read: it has the digest of none.
rejected_files as (
    select
        record_id, source_id, file_name, coalesce(nullif(file_sha256, ''), sha256('')) as file_sha256,
        0 as record_ordinal, night, fate, reason_code, null as document_id, null as article_id
    from ops.quarantine
    where fate = 'rejected_file' and file_name is not null
),

readings as (
    select
        records.record_id,
        records.source_id,
        records.file_name,
        records.file_sha256,
        records.record_ordinal,
        records.night,
        documents.document_id,
        documents.is_retraction,
        row_number() over (partition by documents.document_id order by records.night, records.record_id) as reading
    from raw.records as records
    left join raw.documents as documents using (record_id)
),

fates as (
    select
        readings.* exclude (reading, is_retraction),
        case
            when held_record.fate is not null then held_record.fate
            when held_document.fate is not null then held_document.fate
            when readings.is_retraction or copies.is_superseded or copies.retracted_night is not null then 'superseded'
            when copies.survivor_document_id = copies.document_id and readings.reading = 1 then 'published'
            when copies.document_id is not null then 'duplicate'
        end as fate,
        case
            when held_record.fate is not null then held_record.reason_code
            when held_document.fate is not null then held_document.reason_code
            when readings.is_retraction then 'retraction'
            when copies.retracted_night is not null then 'retracted'
            when copies.is_superseded then 'newer_version'
            when readings.reading > 1 then 'same_document'
            when copies.survivor_document_id <> copies.document_id then copies.verdict
        end as reason_code,
        copies.article_id
    from readings
    left join held as held_record
        on held_record.record_id = readings.record_id
    left join held as held_document
        on held_document.document_id = readings.document_id and held_document.record_id is null
    left join core.copies as copies
        on copies.document_id = readings.document_id
)

select
    record_id, source_id, file_name, file_sha256, record_ordinal, night, fate, reason_code, document_id, article_id,
    $reference_digest as rule_version
from fates

union all

select
    record_id, source_id, file_name, file_sha256, record_ordinal, night, fate, reason_code, document_id, article_id,
    $reference_digest
from rejected_files
