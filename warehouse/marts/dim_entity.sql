-- Every entity an article names; its aliases are all the names it was called by. What the gazetteer knows of it is told
-- with it: its code and what it lies in or belongs to. Of a place of China the code says that: 330110 lies in 330100, and
-- where none has that code (districts of a municipality) in 330000.
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
),

divisions as (
    select code, name_hans
    from ref.gazetteer
    where entity_type = 'place' and length(code) = 6
)

select
    key_of_name(entities.entity_id) as entity_key,
    entities.entity_id,
    entities.entity_type,
    entities.entity_subtype,
    entities.name_hans,
    names.name_hant,
    aliases.aliases,
    known.code,
    coalesce(prefectures.name_hans, provinces.name_hans, known.parent) as parent_name
from entities
join aliases using (entity_id)
join ref.entity_names as names using (name_hans)
left join ref.gazetteer as known using (name_hans, entity_type)
left join divisions as prefectures
    on length(known.code) = 6 and prefectures.code = left(known.code, 4) || '00' and prefectures.code <> known.code
left join divisions as provinces
    on length(known.code) = 6 and provinces.code = left(known.code, 2) || '0000' and provinces.code <> known.code

union all

select -1, 'unknown', 'concept', null, '未知实体', '未知實體', null, null, null
