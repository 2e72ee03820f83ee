-- Whether the last run died: nobody was left to tell why, it may be an article.
select coalesce(bool_or(message = 'died'), false)
-- In the order in which they were booked: clocks are set back.
from (select message from ops.runs order by rowid desc limit 1)
