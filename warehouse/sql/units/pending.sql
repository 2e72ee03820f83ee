-- The units a stage takes up, each with the chunk it belongs to: the temporary table `pending`.
--
-- Reads   wanted (unit_id), those it takes up.
-- Filled in `unit`, the column that names a unit; `weight`, what a row of it weighs; `stored`, the table that lists them.
-- Given   $bytes, what a chunk may hold; $workers, how many there are.
-- Returns unit_id; chunk_no, from 0 without a gap.
--
-- Chunks weigh the same and hold neighbours in storage, so that reading one does not read the others. Where there are
-- several they are a multiple of the workers, so that none is idle. One unit may weigh as much as several chunks: the
-- numbers are closed up at the end. Only units taken up are weighed, by row number: no other text is read.
with
places as materialized (
    select rowid as place
    from {stored}
    where {unit} in (select unit_id from wanted)
),

placed as (
    select {unit} as unit_id, greatest(max({weight}), 1) as weight, min(rowid) as place
    from {stored}
    where rowid in (select place from places)
    group by all
),

reached as (
    select unit_id, sum(weight) over (order by place, unit_id) as reach, sum(weight) over () as total
    from placed
),

cut as (
    select
        unit_id,
        case
            when total <= $bytes then 0
            else (reach * $workers * ceil(total / ($bytes * $workers))::BIGINT - 1) // total
        end::BIGINT as cut_no
    from reached
)

select unit_id, dense_rank() over (order by cut_no) - 1 as chunk_no
from cut
