-- The first and the last day anything taken in speaks of: nights, and days of publication that can be believed.
select
    min(least(night, coalesce(published_on, night))) as first_day,
    max(greatest(night, coalesce(published_on, night))) as last_day
from core.clean_documents
where published_on is null or published_on between DATE '1900-01-01' and night + 366
