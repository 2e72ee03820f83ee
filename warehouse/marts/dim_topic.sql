-- The topic tree of seeds/topics.csv.
select
    key_of_name(topics.topic_id) as topic_key,
    topics.topic_id,
    topics.name_hans,
    topics.name_en,
    coalesce(key_of_name(topics.parent_topic_id), -1) as parent_topic_key,
    key_of_name(roots.topic_id) as root_topic_key,
    roots.name_hans as root_name_hans
from ref.topics as topics
join ref.topics as roots on roots.topic_id = coalesce(topics.parent_topic_id, topics.topic_id)

union all

select -1, 'unknown', '未知主题', 'Unknown topic', -1, -1, '未知主题'
