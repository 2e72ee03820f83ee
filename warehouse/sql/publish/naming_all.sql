-- How articles name entities.
select distinct entity_id, entity_type, entity_subtype, name_hans, aliases, surface
from core.mentions
semi join core.survivors using (document_id)
