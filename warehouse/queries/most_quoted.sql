-- 谁的话被引用最多？ / Who is quoted most, in how many articles, and how often word for word?
select
    coalesce(entities.name_hans, quotes.speaker) as speaker,
    coalesce(entities.entity_subtype, entities.entity_type) as kind,
    count(*) as quotes,
    count(distinct quotes.article_key) as articles,
    count(*) filter (where quotes.is_direct) as direct_quotes,
    sum(length(quotes.text)) as chars
from marts.fct_quote as quotes
left join marts.dim_entity as entities
    on entities.entity_key = quotes.speaker_entity_key
    and entities.entity_key <> -1
where quotes.speaker is not null
group by all
order by quotes desc, chars desc, speaker
limit 20
