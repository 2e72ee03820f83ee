-- From which place to which the askers make about $pairs pairs; no more than 8,192 of them (see `met_keys.sql`).
with
costs as (
    select carriers.place, sum(bodies) as pairs
    from carriers
    inner join askers on askers.place = carriers.place and carriers.level <= askers.level
    group by carriers.place
),
batches as (
    select place, (sum(pairs) over (order by place) // $pairs, place >> 13) as batch from costs
)
select min(place), max(place) from batches group by batch order by batch
