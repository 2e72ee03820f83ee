-- Entities the survivors name.
select
    key_of(copies.article_id) as article_key,
    key_of_name(mentions.entity_id) as entity_key,
    mentions.mention_count,
    mentions.in_title,
    mentions.first_offset,
    mentions.surface
from core.mentions as mentions
join core.articles as articles using (document_id)
join core.copies as copies using (document_id)
