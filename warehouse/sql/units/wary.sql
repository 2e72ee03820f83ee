-- Whether the last three runs died in one and the same stage: nobody was left to tell why, it may be an article.
with last_runs as (
    select runs.message, count(stages.stage) as stages
    -- In the order in which they were booked: clocks are set back.
    from (select run_id, message from ops.runs order by rowid desc limit 3) as runs
    left join ops.stages as stages using (run_id)
    group by runs.run_id, runs.message
)
select count(*) = 3 and bool_and(coalesce(message, '') = 'died') and count(distinct stages) = 1
from last_runs
