-- The stages that have finished a unit of the temporary table `pending` already.
select distinct stage
from ops.done
where unit_id in (select unit_id from pending)
