-- 各来源的简繁比例，以及有多少是转换来的？ / In which script does each source write, and how much of it was converted from the other?
with
counted as (
    select
        sources.source_id,
        copies.script,
        copies.script_region as region,
        copies.script_origin as origin,
        count(*) as documents
    from marts.fct_copy as copies
    join marts.dim_source as sources using (source_key)
    group by all
)

select
    *,
    round(documents / sum(documents) over (partition by source_id), 3) as share
from counted
order by source_id, documents desc, script, region, origin
