-- Topics of the survivors.
select
    key_of(copies.article_id) as article_key,
    key_of_name(topics.topic_id) as topic_key,
    topics.weight
from core.document_topics as topics
join core.articles as articles using (document_id)
join core.copies as copies using (document_id)
