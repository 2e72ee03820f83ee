-- One shard of the keys that bring documents together: `carriers` from row $first to row $last, without stock keys, and
-- whether the document asks by this one.
select
    clause_hash,
    carriers.place,
    clause_chars,
    is_new,
    coalesce(carriers.level <= askers.level, false) as is_asking
from carriers
left join askers using (place)
where carriers.rowid between $first and $last and bodies <= getvariable('most_bodies')
