-- Entities the survivors name.
select
    articles.article_key,
    key_of_name(mentions.entity_id) as entity_key,
    mentions.mention_count,
    mentions.in_title,
    mentions.first_offset,
    mentions.surface
from core.mentions as mentions
join fresh_articles as articles using (document_id)
