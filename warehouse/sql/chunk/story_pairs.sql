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

around as materialized (
    select
        days.story_on as told_on,
        articles.document_id,
        articles.story_on,
        row_number() over (partition by days.story_on order by articles.story_on, articles.document_id) as number,
        count(*) over (partition by days.story_on) as articles
    from days
    join core.story_articles as articles on articles.story_on between days.story_on - 3 and days.story_on
),

carried as materialized (
    select
        around.told_on,
        around.number,
        around.story_on = around.told_on as is_of_the_day,
        around.articles,
        hash(terms.term) as term,
        terms.weight
    from core.story_terms as terms
    join around using (document_id)
),

common as (
    select told_on, term
    from carried
    group by all
    having count(*) > least(4 + sqrt(any_value(articles)), 200)
),

rare as materialized (
    select * from carried anti join common using (told_on, term)
),

norms as materialized (
    select told_on, number, sum(weight * weight)::BIGINT as norm
    from rare
    group by all
),

counted as (
    select
        later.told_on,
        later.number,
        earlier.number as other_number,
        sum(later.weight * earlier.weight)::BIGINT as product
    from rare as later
    join rare as earlier using (told_on, term)
    where later.is_of_the_day and earlier.number < later.number
    group by all
    having count(*) >= 3
),

close as materialized (
    select
        counted.told_on,
        later.document_id,
        earlier.document_id as other_document_id,
        datediff('day', earlier.story_on, later.story_on) as gap_days,
        counted.product,
        norms.norm,
        other_norms.norm as other_norm
    from counted
    join norms using (told_on, number)
    join norms as other_norms on other_norms.told_on = counted.told_on and other_norms.number = counted.other_number
    join around as later on later.told_on = counted.told_on and later.number = counted.number
    join around as earlier on earlier.told_on = counted.told_on and earlier.number = counted.other_number
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
    anti join common on common.told_on = close.told_on and common.term = hash(later.term)
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
    on pairs.document_id = least(close.document_id, close.other_document_id)
    and pairs.other_document_id = greatest(close.document_id, close.other_document_id)
