-- How articles name the entities that are described anew: what documents say that were no article before, and the earlier
-- description, or, where that rests on a document that went, what all say.
--
-- The earlier description stands for all it was made of: the least of some values and of another is the least of all, and
-- names once gathered are gathered.
select entity_id, entity_type, entity_subtype, name_hans, aliases, surface
from core.mentions
semi join fresh_texts using (document_id)
union
select entity_id, entity_type, entity_subtype, name_hans, aliases, name_hans
from published.marts.dim_entity
semi join (from gone_entities where not is_lost) using (entity_key)
union
select entity_id, entity_type, entity_subtype, name_hans, aliases, surface
from core.mentions
semi join core.survivors using (document_id)
semi join (
    select entity_id
    from published.marts.dim_entity
    semi join (from gone_entities where is_lost) using (entity_key)
) using (entity_id)
