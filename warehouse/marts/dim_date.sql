-- Every day from the first to the last the warehouse speaks of, whole years.
select
    date_key(days.date) as date_key,
    days.*
from ref.calendar as days
