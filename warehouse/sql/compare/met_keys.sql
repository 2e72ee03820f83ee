-- What the keys a document asks by say of every pair with a longer one, of which one is new: for the askers from place
-- $first to place $last.
--
-- Returns packed, for every key that two share one whole number, which is sorted and added up several times faster than
--         pairs are grouped: 13 bits for the asker, counted from $first, 28 for the place of the other and 22 for the
--         characters, lowest. More characters than that stand in no article.
with
asking as materialized (
    select clause_hash, carriers.place, clause_chars, is_new
    from carriers
    inner join askers on askers.place = carriers.place and carriers.level <= askers.level
    where carriers.place between $first and $last
)
select
    ((asking.place - $first) << 50) + (answering.place << 22)
    + least(asking.clause_chars, answering.clause_chars, 4194303) as packed
from (from asking where is_new) as asking
inner join carriers as answering
    on answering.clause_hash = asking.clause_hash and answering.place > asking.place
union all
select
    ((asking.place - $first) << 50) + (answering.place << 22)
    + least(asking.clause_chars, answering.clause_chars, 4194303)
from (from asking where not is_new) as asking
inner join (from carriers where is_new) as answering
    on answering.clause_hash = asking.clause_hash and answering.place > asking.place
