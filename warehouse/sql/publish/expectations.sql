-- How many expectations the run $run_id judged, and how many of each severity do not hold.
select
    count(*) as judged,
    count(*) filter (where not success and severity = 'fail') as failed,
    count(*) filter (where not success and severity = 'warn') as warned
from ops.expectations
where run_id = $run_id
