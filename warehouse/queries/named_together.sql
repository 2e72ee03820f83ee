-- 哪些人物和机构总是一起出现？ / Which people and organisations are named in the same articles?
with
named as (
    select mentions.article_key, entities.entity_key, entities.name_hans, entities.entity_type
    from marts.fct_mention as mentions
    join marts.dim_entity as entities using (entity_key)
    where entities.entity_type in ('person', 'organisation')
)

select
    one.name_hans as name,
    two.name_hans as other_name,
    count(*) as articles
from named as one
join named as two
    on two.article_key = one.article_key
    and (one.entity_type, one.name_hans) < (two.entity_type, two.name_hans)
group by all
having count(*) > 1
order by articles desc, name, other_name
limit 20
