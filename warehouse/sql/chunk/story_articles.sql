-- All articles of the days of this chunk.
select articles.*
from core.story_articles as articles
semi join (select story_on from core.story_days semi join chunk using (story_day)) using (story_on)
