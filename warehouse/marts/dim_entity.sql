-- Every entity an article names; its aliases are all the names it was called by.
with
surfaces as (
    select distinct
        entity_id, name_hans, unnest(list_append(string_split(coalesce(aliases, ''), ','), surface)) as alias
    from naming
),

aliases as (
    select
        entity_id,
        string_agg(distinct alias, ',' order by alias) filter (where alias <> '' and alias <> name_hans) as aliases
    from surfaces
    group by entity_id
),

entities as (
    select
        entity_id,
        min(entity_type) as entity_type,
        min(entity_subtype) as entity_subtype,
        min(name_hans) as name_hans
    from naming
    group by entity_id
)

select
    key_of_name(entities.entity_id) as entity_key,
    entities.entity_id,
    entities.entity_type,
    entities.entity_subtype,
    entities.name_hans,
    names.name_hant,
    aliases.aliases
from entities
join aliases using (entity_id)
join ref.entity_names as names using (name_hans)

union all

select -1, 'unknown', 'concept', null, '未知实体', '未知實體', null
