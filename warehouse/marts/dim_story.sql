-- Every story: articles of different wording about one event. An article that stands alone is a story of one.
-- The title is the headline that shares most with the others of its day.
with
told as (
    select
        stories.story_id,
        stories.article_id,
        stories.centrality,
        accepted.night,
        canonical.published_on,
        canonical.source_id,
        coalesce(canonical.outlet, canonical.agency, canonical.source_id) as outlet,
        canonical.title_hans,
        canonical.title_hant
    from core.stories as stories
    join accepted using (document_id)
    join core.canonical_documents as canonical using (document_id)
),

central as (
    select story_id, article_id, title_hans, title_hant
    from told
    qualify row_number() over (
        partition by story_id order by title_hans is null, centrality desc, night, article_id
    ) = 1
)

select
    key_of(told.story_id) as story_key,
    coalesce(any_value(central.title_hans), '无题') as title_hans,
    coalesce(any_value(central.title_hant), '無題') as title_hant,
    key_of(any_value(central.article_id)) as central_article_key,
    min(told.night) as first_night,
    max(told.night) as last_night,
    min(told.published_on) as first_published_on,
    max(told.published_on) as last_published_on,
    count(*) as article_count,
    count(distinct told.source_id) as source_count,
    count(distinct told.outlet) as outlet_count
from told
join central using (story_id)
group by told.story_id

union all

select -1, '未归入脉络', '未歸入脈絡', -1, null, null, null, null, 0, 0, 0
