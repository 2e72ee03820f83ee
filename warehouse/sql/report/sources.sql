-- What each source brought, in all and on each of the last 30 nights of the warehouse.
with
nights as (
    select distinct night
    from meta.ledger
    order by night desc
    limit 30
),

counted as (
    select source_id, night, count(*) as records
    from meta.ledger
    group by all
),

volumes as (
    select sources.source_id, list(coalesce(counted.records, 0) order by nights.night) as volumes
    from (select distinct source_id from meta.ledger) as sources
    cross join nights
    left join counted on counted.source_id = sources.source_id and counted.night = nights.night
    group by sources.source_id
)

select
    ledger.source_id,
    any_value(sources.name_hans) as name_hans,
    count(*) filter (where ledger.fate = 'published') as published,
    count(*) filter (where ledger.fate = 'duplicate') as duplicates,
    count(*) filter (where ledger.fate in ('quarantined', 'rejected_file')) as held_back,
    max(ledger.night) as last_night,
    any_value(volumes.volumes) as volumes
from meta.ledger as ledger
join volumes using (source_id)
left join marts.dim_source as sources using (source_id)
group by ledger.source_id
order by published desc, ledger.source_id
