-- Every day of the years the warehouse speaks of.
select *
from ref.calendar
