-- What each stage of each run did.
select run_id, stage, rows_in, rows_out, quarantined, seconds
from ops.stages
