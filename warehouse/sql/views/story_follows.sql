-- For every bundle the bundle of the three days before that it is closest to, if it is close enough.
-- Closeness is the mean score over all pairs of articles of the two, a pair without a link counting 0.
with
bundled as (
    select bundles.document_id, bundles.bundle_id, count(*) over (partition by bundles.bundle_id) as articles
    from core.story_bundles as bundles
),

closeness as (
    select
        later.bundle_id,
        earlier.bundle_id as earlier_bundle_id,
        sum(links.score)::BIGINT / (any_value(later.articles) * any_value(earlier.articles)) as mean_score
    from core.story_links as links
    join bundled as later on later.document_id = links.document_id
    join bundled as earlier on earlier.document_id = links.other_document_id
    where links.gap_days > 0
    group by all
)

select bundle_id, earlier_bundle_id
from closeness
where mean_score >= 2400
qualify row_number() over (partition by bundle_id order by mean_score desc, earlier_bundle_id) = 1
