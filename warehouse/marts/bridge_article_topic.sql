-- Topics of the survivors.
select
    survivors.article_key,
    key_of_name(topics.topic_id) as topic_key,
    topics.weight
from core.document_topics as topics
join core.survivors as survivors using (document_id)
