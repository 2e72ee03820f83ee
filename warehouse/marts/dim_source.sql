-- Every source that is declared or has brought a record in.
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

select -1, 'unknown', '未知来源', 'Unknown source', null, null, null, 0.0, null
