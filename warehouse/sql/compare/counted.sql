-- What the keys a document asks by say of every pair with a longer one, of which one is new: the counting join, for the
-- askers from place $first to place $last.
--
-- Adds to   counted (place < other_place, shared_chars).
insert into counted
with
asking as materialized (
    select carriers.*, least_asked
    from carriers
    inner join askers on askers.place = carriers.place and carriers.level <= askers.level
    where carriers.place between $first and $last
),
shared as (
    select
        (asking.place << 32) + answering.place as pair,
        least(asking.clause_chars, answering.clause_chars) as chars,
        least_asked
    from (from asking where is_new) as asking
    inner join carriers as answering
        on answering.clause_hash = asking.clause_hash and answering.place > asking.place
    union all
    select
        (asking.place << 32) + answering.place,
        least(asking.clause_chars, answering.clause_chars),
        least_asked
    from (from asking where not is_new) as asking
    inner join (from carriers where is_new) as answering
        on answering.clause_hash = asking.clause_hash and answering.place > asking.place
)
select pair >> 32, pair & 4294967295, sum(chars)::bigint
from shared
group by pair
having sum(chars) >= any_value(least_asked)
