-- The links between articles of one day, for the days of this chunk.
select links.*
from core.story_links as links
semi join (select story_on from core.story_days semi join chunk using (story_day)) using (story_on)
where links.gap_days = 0
