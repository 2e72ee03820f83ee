-- The verdicts this release rests on.
select
    $release_id as release_id,
    stage,
    table_name,
    expectation_type,
    column_name,
    severity,
    success,
    observed,
    unexpected_count,
    why,
    query,
    first_rows
from ops.expectations
where run_id = $run_id
