-- What was held back, counted.
select night, stage, reason_code, source_id, count(*) as records
from ops.quarantine
group by all
