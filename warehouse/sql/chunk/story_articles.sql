-- All articles of the days of this chunk; `telling` is from stories/telling.sql.
from telling
semi join (select story_on from core.story_days semi join chunk using (story_day)) using (story_on)
