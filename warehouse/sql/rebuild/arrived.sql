-- Every file that arrived, by night, whatever came of it: one row per night, source, name and bytes.
with accepted as (
    select night, source_id, file_name, file_sha256 from raw.records
    union
    select night, source_id, file_name, file_sha256 from raw.files
),

rejected as (
    select night, source_id, file_name, file_sha256
    from ops.quarantine
    where stage = 'ingest' and file_name is not null and file_sha256 <> ''
),

arrived as (
    select *, false as is_rejected from accepted
    union all
    select *, true as is_rejected from rejected anti join accepted using (source_id, file_name, file_sha256)
)

select distinct night, source_id, file_name, file_sha256, is_rejected, address, reader
from arrived
left join ops.fetched using (source_id, file_name, file_sha256)
order by all
