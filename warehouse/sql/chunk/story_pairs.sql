-- Pairs of articles that may tell of one event: the later of the two on a day of this chunk, the other up to three days
-- before, sharing three terms that are rare in the news of those days.
--
-- Reads   articles, around, changed, rare, near, from warehouse/near.py; core.story_terms; core.pairs, what is known of two
--         texts that share wording; core.story_links, the links of each day as they were left the last time.
-- Returns rows of core.story_pairs, in no order.
--
-- Weights are whole numbers, whose sums do not depend on the order of adding. Only articles that are new to a day, or carry
-- a term that has become common or rare there, are compared with all others. Of two others the pair is what it was: if it
-- made a link, the link still says all of it; if not, it makes none now.
with
norms as materialized (
    select told_on, number, articles.document_id, articles.story_on, norm
    from (select told_on, number, sum(weight * weight)::BIGINT as norm from rare group by all)
    join articles using (number)
),

sought as materialized (
    select near.number, near.other_number, later.term, later.weight
    from near
    join rare as later on later.number = near.number and later.is_of_the_day
),

shared as materialized (
    select sought.number, sought.other_number, sought.term, sought.weight * earlier.weight as strength
    from sought
    join rare as earlier on earlier.number = sought.other_number and earlier.term = sought.term
),

counted as materialized (
    -- Whole numbers far below 2^53: a sum of them is exact in any order.
    select number, other_number, sum(strength::DOUBLE)::BIGINT as product
    from shared
    group by all
),

-- One step after the other: in another order all articles of a day would meet all others.
of_later as materialized (
    select norms.told_on, norms.number, counted.other_number, norms.document_id, counted.product, norms.norm
    from counted
    join norms on norms.number = counted.number and norms.told_on = norms.story_on
),

close as materialized (
    select
        of_later.*,
        norms.document_id as other_document_id,
        datediff('day', norms.story_on, of_later.told_on) as gap_days,
        norms.norm as other_norm
    from of_later
    join norms on norms.told_on = of_later.told_on and norms.number = of_later.other_number
    -- A score below .15 makes no link: most pairs end here.
    where of_later.product >= 0.15 * sqrt(of_later.norm::DOUBLE * norms.norm::DOUBLE)
),

spelled as materialized (
    select number, hash(told_on, terms.term) as term, terms.term as spelling
    from core.story_terms as terms
    join (select distinct told_on, document_id, number from close) as told using (document_id)
),

evidence as (
    select number, other_number, string_agg(spelling, ',' order by strength desc, spelling) as evidence
    from (
        from shared
        join spelled using (number, term)
        qualify row_number() over (partition by number, other_number order by strength desc, spelling) <= 6
    )
    group by all
),

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
