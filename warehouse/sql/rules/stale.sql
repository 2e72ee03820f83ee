-- What must be said of a unit so that the stage $stage does it once more: it was done under one of the `outdated`.
in (
    select unit_id
    from ops.done
    where stage = $stage and reference_digest in (select reference_digest from outdated)
)
