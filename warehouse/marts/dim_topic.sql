-- The topic tree of seeds/topics.csv.
select
    key_of_name(topics.topic_id) as topic_key,
    topics.topic_id,
    topics.name_hans,
    topics.name_en,
    coalesce(key_of_name(topics.parent_topic_id), -1) as parent_topic_key
from ref.topics as topics

union all

select -1, 'unknown', '未知主题', 'Unknown topic', -1
