-- Entities the survivors name; of people what they are and for whom.
select
    articles.article_key,
    key_of_name(mentions.entity_id) as entity_key,
    mentions.mention_count,
    mentions.in_title,
    mentions.first_offset,
    mentions.surface,
    mentions.role_hans,
    mentions.affiliation_hans,
    coalesce(key_of_name(mentions.affiliation_id), -1) as affiliation_entity_key
from core.mentions as mentions
join fresh_articles as articles using (document_id)
