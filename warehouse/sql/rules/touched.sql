-- The units of `chunk` whose rows, worked out `again`, are not the rows stored: any added, gone or other than before.
--
-- Filled in `columns`, those the stage writes; `table`, where it writes them; `unit`, the column that names a unit.
with
stored as (
    select {columns} from {table} where {unit} in (select {unit} from chunk)
),

differing as (
    (select * from again except all select * from stored)
    union all
    (select * from stored except all select * from again)
)

select distinct {unit}
from differing
