-- 谁代表哪个机构说话，以什么身份？ / Who speaks for which body, in what role, and in how many articles?
select
    bodies.name_hans as body,
    people.name_hans as person,
    mentions.role_hans as role,
    count(distinct quotes.article_key) as articles,
    count(*) as quotes
from marts.fct_quote as quotes
join marts.fct_mention as mentions
    on mentions.article_key = quotes.article_key
    and mentions.entity_key = quotes.speaker_entity_key
join marts.dim_entity as people on people.entity_key = mentions.entity_key
join marts.dim_entity as bodies on bodies.entity_key = mentions.affiliation_entity_key
where bodies.entity_key <> -1
group by all
order by articles desc, quotes desc, body, person, role
limit 20
