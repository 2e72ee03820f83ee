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
answering as materialized (
    from carriers semi join asking using (clause_hash)
),
shared as (
    select asking.place, answering.place as other_place, least_asked, least(asking.clause_chars, answering.clause_chars) as chars
    from (from asking where is_new) as asking
    inner join answering on answering.clause_hash = asking.clause_hash and answering.place > asking.place
    union all
    select asking.place, answering.place, least_asked, least(asking.clause_chars, answering.clause_chars)
    from (from asking where not is_new) as asking
    inner join (from answering where is_new) as answering
        on answering.clause_hash = asking.clause_hash and answering.place > asking.place
)
select place, other_place, sum(chars)::bigint as shared_chars
from shared
group by place, other_place, least_asked
having shared_chars >= least_asked
