-- What must be said of a unit so that the stage $stage takes it up: it has not finished it.
not in (select unit_id from ops.done where stage = $stage)
