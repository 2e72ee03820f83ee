-- Every run so far, this one as it stands when the release is sealed.
select
    run_id,
    night,
    case when run_id = $run_id then 'published' else state end as state,
    started_at_utc,
    case when run_id = $run_id then $built_at_utc::TIMESTAMP else ended_at_utc end as ended_at_utc,
    case when run_id = $run_id then $release_id else release_id end as release_id,
    warnings
from ops.runs
