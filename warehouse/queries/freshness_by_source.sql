-- 每个来源最近一次来稿是哪一夜，之后沉默了多少天？ / When did each source last bring something, and for how many days has it been silent?
with
latest as (
    select max(night) as night
    from meta.ledger
),

arrivals as (
    select source_id, max(night) as last_night, count(distinct night) as nights, count(*) as records
    from meta.ledger
    group by source_id
)

select
    sources.source_id,
    sources.name_hans as source_name,
    arrivals.last_night,
    date_diff('day', arrivals.last_night, latest.night) as silent_days,
    arrivals.nights,
    coalesce(arrivals.records, 0) as records
from marts.dim_source as sources
left join arrivals using (source_id)
cross join latest
where sources.source_key <> -1
order by silent_days desc nulls first, sources.source_id
