-- What the links and bundles of every day of this run are worked out from, taken down before the first of them changes.
--
-- Fills   telling (document_id, article_id, voice_id, first_night, story_on): core.story_articles, worked out once;
--         unsettled (story_on): days of which links and bundles are not of one state, since a run was ended between the two.
create or replace temp table telling as
from core.story_articles;

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
