-- Pairs of articles that may tell of one event: the later of the two on a day of this chunk, the other up to three days
-- before, sharing three terms that are rare in the news of those days.
--
-- Reads   articles, around, changed, close, evidence, from warehouse/near.py; core.pairs, what is known of two texts
--         that share wording; core.story_links, the links of each day as they were left the last time.
-- Returns rows of core.story_pairs, in no order.
--
-- Only articles that are new to a day, or carry a term that has become common or rare there, are compared with all
-- others. Of two others the pair is what it was: if it made a link, the link still says all of it; if not, it makes
-- none now.
with
unchanged as (
    select told_on, document_id
    from (from around where is_there and was_there) as around
    anti join changed using (told_on, number)
),

found as (
    select * exclude (number, other_number) from close join evidence using (number, other_number)
    union all by name
    select links.* exclude (story_on, score), links.story_on as told_on
    from core.story_links as links
    semi join unchanged on unchanged.told_on = links.story_on and unchanged.document_id = links.document_id
    semi join unchanged as others on others.told_on = links.story_on and others.document_id = links.other_document_id
)

select
    found.told_on as story_on,
    found.document_id,
    found.other_document_id,
    found.gap_days,
    found.product,
    found.norm,
    found.other_norm,
    pairs.relation,
    found.evidence
from found
join articles as later on later.document_id = found.document_id
join articles as earlier on earlier.document_id = found.other_document_id
left join core.pairs as pairs
    on pairs.document_id = least(later.voice_id, earlier.voice_id)
    and pairs.other_document_id = greatest(later.voice_id, earlier.voice_id)
