-- Topics of the survivors.
select
    articles.article_key,
    key_of_name(topics.topic_id) as topic_key,
    topics.weight
from core.document_topics as topics
join fresh_articles as articles using (document_id)
