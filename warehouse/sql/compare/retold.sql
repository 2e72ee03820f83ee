-- Forgets that the links and bundles of the days of `retold` were done: a pair that went into them was taken back.
delete from ops.done
where stage in ('link', 'bundle') and left(unit_id, 10) in (select story_on::varchar from retold)
