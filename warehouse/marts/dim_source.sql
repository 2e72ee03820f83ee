-- Every source that is declared or has brought something in: one that is declared no more has its articles still, and is
-- trusted as one nobody knows.
select
    key_of_name(sources.source_id) as source_key,
    sources.source_id,
    sources.name_hans,
    sources.name_en,
    sources.region,
    sources.script,
    sources.homepage,
    sources.trust,
    sources.licence
from ref.sources as sources

union all

select key_of_name(source_id), source_id, source_id, null, null, null, null, 0.0, null
from (select source_id from raw.files union select source_id from ops.quarantine)
anti join ref.sources using (source_id)

union all

select -1, 'unknown', '未知来源', 'Unknown source', null, null, null, 0.0, null
