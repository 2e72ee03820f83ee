-- Entities the survivors name.
select
    survivors.article_key,
    key_of_name(mentions.entity_id) as entity_key,
    mentions.mention_count,
    mentions.in_title,
    mentions.first_offset,
    mentions.surface
from core.mentions as mentions
join core.survivors as survivors using (document_id)
