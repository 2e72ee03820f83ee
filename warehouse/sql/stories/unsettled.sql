-- Days of which links and bundles are not of one state, since a run was ended between the two; taken down before the first
-- of them changes.
--
-- Fills   unsettled (story_on).
create or replace temp table unsettled as
with
linked as (select unit_id from ops.done where stage = 'link'),
bundled as (select unit_id from ops.done where stage = 'bundle')

select left(unit_id, 10)::DATE as story_on
from (
    (from linked anti join bundled using (unit_id))
    union
    (from bundled anti join linked using (unit_id))
)
