-- Pairs of articles that may tell of one event: the later of the two on a day of this chunk, the other up to three days
-- before, sharing three terms that are rare in the news of those days.
--
-- Reads   chunk (story_day), the days whose turn it is; core.story_days, core.story_articles, core.story_terms;
--         core.pairs, what is known of two texts that share wording.
-- Returns rows of core.story_pairs, in no order.
--
-- Everything about a day is worked out from its own articles and those of the three days before, so that it comes to the
-- same whenever and however these arrived. A term is common, and says nothing, when more articles carry it than the square
-- root of all there are and four (12 of 60, 90 of 8,000), or two hundred: what all the news of some days speaks of names
-- no event, and its pairs would grow with the square of the news. Weights are whole numbers, whose sums do not depend on
-- the order of adding.
with
days as (
    select story_on from core.story_days semi join chunk using (story_day)
),

-- Numbered in the order of their days: the later article of a pair has the greater number, which names its day as well.
articles as materialized (
    select document_id, voice_id, story_on, row_number() over (order by story_on, document_id) as number
    from core.story_articles
    where story_on between (select min(story_on) from days) - 3 and (select max(story_on) from days)
),

around as (
    select
        days.story_on as told_on,
        articles.document_id,
        articles.number,
        articles.story_on = days.story_on as is_of_the_day,
        count(*) over (partition by days.story_on) as articles
    from days
    join articles on articles.story_on between days.story_on - 3 and days.story_on
),

-- A term of a day and its article, as numbers: they join and group several times faster than names.
carried as materialized (
    select
        hash(around.told_on, terms.term) as term,
        around.told_on,
        around.number,
        around.is_of_the_day,
        around.articles,
        terms.weight
    from core.story_terms as terms
    join around using (document_id)
),

common as materialized (
    select term
    from carried
    group by term
    having count(*) > least(4 + sqrt(any_value(articles)), 200)
),

rare as materialized (
    select term, told_on, number, is_of_the_day, weight from carried anti join common using (term)
),

norms as materialized (
    select told_on, number, sum(weight * weight)::BIGINT as norm
    from rare
    group by all
),

counted as (
    select
        later.number * 4294967296 + earlier.number as pair,
        -- Whole numbers far below 2^53: a sum of them is exact in any order.
        sum((later.weight * earlier.weight)::DOUBLE)::BIGINT as product
    from rare as later
    join rare as earlier using (term)
    where later.is_of_the_day and earlier.number < later.number
    group by pair
    having count(*) >= 3
),

close as materialized (
    select
        later.story_on as told_on,
        later.document_id,
        earlier.document_id as other_document_id,
        later.voice_id,
        earlier.voice_id as other_voice_id,
        datediff('day', earlier.story_on, later.story_on) as gap_days,
        counted.product,
        norms.norm,
        other_norms.norm as other_norm
    from counted
    join articles as later on later.number = counted.pair // 4294967296
    join articles as earlier on earlier.number = counted.pair % 4294967296
    join norms on norms.told_on = later.story_on and norms.number = later.number
    join norms as other_norms on other_norms.told_on = later.story_on and other_norms.number = earlier.number
    -- A score below .15 makes no link: most pairs end here.
    where counted.product >= 0.15 * sqrt(norms.norm::DOUBLE * other_norms.norm::DOUBLE)
),

shared as (
    select
        close.document_id,
        close.other_document_id,
        later.term,
        later.weight * earlier.weight as strength
    from close
    join core.story_terms as later on later.document_id = close.document_id
    join core.story_terms as earlier
        on earlier.document_id = close.other_document_id
        and earlier.term = later.term
    anti join common on common.term = hash(close.told_on, later.term)
),

evidence as (
    select document_id, other_document_id, string_agg(term, ',' order by strength desc, term) as evidence
    from (
        from shared
        qualify row_number() over (partition by document_id, other_document_id order by strength desc, term) <= 6
    )
    group by all
)

select
    close.told_on as story_on,
    close.document_id,
    close.other_document_id,
    close.gap_days,
    close.product,
    close.norm,
    close.other_norm,
    pairs.relation,
    evidence.evidence
from close
join evidence using (document_id, other_document_id)
left join core.pairs as pairs
    on pairs.document_id = least(close.voice_id, close.other_voice_id)
    and pairs.other_document_id = greatest(close.voice_id, close.other_voice_id)
