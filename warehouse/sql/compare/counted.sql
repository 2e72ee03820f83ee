-- What the keys a document asks by say of every pair with a longer one, of which one is new: the counting join.
--
-- Fills   counted (place < other_place, shared_chars).
create or replace temp table counted as
with
asking as materialized (
    from carriers where asks
),
answering as materialized (
    from carriers semi join asking using (clause_hash)
),
shared as (
    select asking.place, answering.place as other_place, least(asking.clause_chars, answering.clause_chars) as chars
    from (from asking where is_new) as asking
    inner join answering on answering.clause_hash = asking.clause_hash and answering.place > asking.place
    union all
    select asking.place, answering.place, least(asking.clause_chars, answering.clause_chars)
    from (from asking where not is_new) as asking
    inner join (from answering where is_new) as answering
        on answering.clause_hash = asking.clause_hash and answering.place > asking.place
)
select place, other_place, sum(chars)::bigint as shared_chars
from shared
group by place, other_place
