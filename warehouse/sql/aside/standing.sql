-- What stands held back for $reason, counted by the fault: what is told before the first `: ` of a detail, which holds no
-- word of any document.
select stage, split_part(detail, ': ', 1) as fault, count(*) as units
from ops.quarantine
where reason_code = $reason
group by all
order by all
