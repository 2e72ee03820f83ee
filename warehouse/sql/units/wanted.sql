-- The units a stage has left to take up: the temporary table `wanted` (unit_id). Found first, since weighing them is dearer.
--
-- Filled in `unit`, the column that names a unit; `listed`, the table that lists the units; `wanted`, what must be said
--         of a unit to take it up.
-- Given   $stage, the name of the stage, which `wanted` may ask for.
select distinct {unit} as unit_id
from {listed}
where {unit} {wanted}
