-- Pairs of articles that may tell of one event: the later of the two on a day of this chunk, the other up to three days
-- before, sharing three terms that are rare in the news of those days.
--
-- Reads   chunk (story_day), the days whose turn it is; telling, the articles, and unsettled, both from stories/begun.sql;
--         core.story_days, core.story_terms; core.pairs, what is known of two texts that share wording; core.story_bundles
--         and core.story_links, the articles of each day and their links as they were left the last time.
-- Returns rows of core.story_pairs, in no order.
--
-- Everything about a day is worked out from its own articles and those of the three days before, so that it comes to the
-- same whenever and however these arrived. A term is common, and says nothing, when more articles carry it than the square
-- root of all there are and four (12 of 60, 90 of 8,000), or two hundred: what all the news of some days speaks of names
-- no event, and its pairs would grow with the square of the news. Weights are whole numbers, whose sums do not depend on
-- the order of adding.
--
-- Only articles that are new to a day, or carry a term that has become common or rare there, are compared with all others.
-- Of two others the pair is what it was: if it made a link, the link still says all of it; if not, it makes none now.
with
days as (
    select story_on from core.story_days semi join chunk using (story_day)
),

-- Numbered in the order of their days: the later article of a pair has the greater number, which names its day as well.
articles as materialized (
    select document_id, voice_id, story_on, row_number() over (order by story_on, document_id) as number
    from telling
    where story_on between (select min(story_on) from days) - 3 and (select max(story_on) from days)
),

today as (
    select days.story_on as told_on, articles.*
    from days
    join articles on articles.story_on between days.story_on - 3 and days.story_on
),

-- Of a day whose state is not sure, nothing is known.
settled as (
    select story_on as told_on
    from days
    where not exists (from unsettled where unsettled.story_on between days.story_on - 3 and days.story_on)
),

before as (
    select settled.told_on, bundles.document_id, bundles.voice_id, bundles.story_on
    from settled
    join core.story_bundles as bundles on bundles.story_on between settled.told_on - 3 and settled.told_on
),

around as materialized (
    select
        told_on,
        document_id,
        number,
        story_on = told_on as is_of_the_day,
        today.document_id is not null as is_there,
        before.document_id is not null as was_there
    from today
    full join before using (told_on, document_id, voice_id, story_on)
),

-- Of how many articles on a term is common.
limits as materialized (
    select
        told_on,
        least(4 + sqrt(count(*) filter (is_there)), 200) as most,
        least(4 + sqrt(count(*) filter (was_there)), 200) as most_before
    from around
    group by told_on
),

-- A term of a day and its article, as numbers: they join and group several times faster than names.
carried as materialized (
    select
        hash(around.told_on, terms.term) as term,
        around.told_on,
        around.number,
        around.is_of_the_day,
        around.is_there,
        around.was_there,
        terms.weight
    from core.story_terms as terms
    join around using (document_id)
),

frequent as materialized (
    select
        term,
        count(*) filter (is_there) > any_value(limits.most) as is_common,
        count(*) filter (was_there) > any_value(limits.most_before) as was_common
    from carried
    join limits using (told_on)
    group by term
    having is_common or was_common
),

common as materialized (
    select term from frequent where is_common
),

changed as materialized (
    select told_on, number from around where is_there and not was_there
    union
    select told_on, number
    from carried
    where is_there and term in (select term from frequent where is_common <> was_common)
),

rare as materialized (
    select term, told_on, number, is_of_the_day, weight
    from (from carried where is_there) as carried
    anti join common using (term)
),

rare_changed as materialized (
    from rare semi join changed using (told_on, number)
),

norms as materialized (
    select told_on, number, articles.document_id, articles.story_on, norm
    from (select told_on, number, sum(weight * weight)::BIGINT as norm from rare group by all)
    join articles using (number)
),

-- One row per pair and term they share. Nearly all pairs share one: there are as many pairs as rows, a hundred for each
-- that counts.
met as (
    select later.number * 4294967296 + earlier.number as pair
    from rare_changed as later
    join rare as earlier using (term)
    where later.is_of_the_day and earlier.number < later.number
    union all
    select later.number * 4294967296 + earlier.number
    from rare_changed as earlier
    join (from rare anti join changed using (told_on, number)) as later using (term)
    where later.is_of_the_day and earlier.number < later.number
),

-- Sorted, a pair that shares three terms stands three times in a row. A hash table would hold all pairs, far beyond the
-- caches, to keep one of a hundred.
several as materialized (
    select distinct pair // 4294967296 as number, pair % 4294967296 as other_number
    from (from met qualify pair = lead(pair, 2) over (order by pair))
),

-- In two steps, the first of which is done first: never all that share a term once more.
sought as materialized (
    select several.number, several.other_number, later.term, later.weight
    from several
    join rare as later on later.number = several.number and later.is_of_the_day
),

shared as materialized (
    select sought.number, sought.other_number, sought.term, sought.weight * earlier.weight as strength
    from sought
    join rare as earlier on earlier.number = sought.other_number and earlier.term = sought.term
),

counted as (
    -- Whole numbers far below 2^53: a sum of them is exact in any order.
    select number, other_number, sum(strength::DOUBLE)::BIGINT as product
    from shared
    group by all
),

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
        semi join close using (number, other_number)
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
