-- The terms by which articles of the days of this chunk can find each other, as numbers.
--
-- Reads   chunk (story_day), the days whose turn it is; telling, the articles, and unsettled, from files of their names;
--         core.story_days, core.story_terms; core.story_bundles, the articles of each day as they were left the last time.
-- Fills   articles (document_id, voice_id, story_on, number): numbered in the order of their days, so that the later
--             article of a pair has the greater number, which names its day as well;
--         around (told_on, document_id, number, is_of_the_day, is_there, was_there): the articles of each day and of the
--             three before it, as they are now and as they were;
--         changed (told_on, number): those to be compared with all others;
--         rare (term, told_on, number, is_of_the_day, weight): the terms that are not common;
--         near (number, other_number), empty: for the pairs that share enough of these.
--
-- Everything about a day is worked out from its own articles and those of the three days before, so that it comes to the
-- same whenever and however these arrived. A term is common, and says nothing, when more articles carry it than the square
-- root of all there are and four (12 of 60, 90 of 8,000), or two hundred: what all the news of some days speaks of names
-- no event, and its pairs would grow with the square of the news.
create or replace temp table articles as
with
days as (
    select story_on from core.story_days semi join chunk using (story_day)
)

select document_id, voice_id, story_on, row_number() over (order by story_on, document_id) as number
from telling
where story_on between (select min(story_on) from days) - 3 and (select max(story_on) from days);

create or replace temp table around as
with
days as (
    select story_on from core.story_days semi join chunk using (story_day)
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
)

select
    told_on,
    document_id,
    number,
    story_on = told_on as is_of_the_day,
    today.document_id is not null as is_there,
    before.document_id is not null as was_there
from today
full join before using (told_on, document_id, voice_id, story_on);

-- A term of a day and its article: numbers join and group several times faster than names.
create or replace temp table carried as
select
    hash(around.told_on, terms.term) as term,
    around.told_on,
    around.number,
    around.is_of_the_day,
    around.is_there,
    around.was_there,
    terms.weight
from core.story_terms as terms
join around using (document_id);

create or replace temp table frequent as
with
-- Of how many articles on a term is common.
limits as (
    select
        told_on,
        least(4 + sqrt(count(*) filter (is_there)), 200) as most,
        least(4 + sqrt(count(*) filter (was_there)), 200) as most_before
    from around
    group by told_on
)

select
    term,
    count(*) filter (is_there) > any_value(limits.most) as is_common,
    count(*) filter (was_there) > any_value(limits.most_before) as was_common
from carried
join limits using (told_on)
group by term
having is_common or was_common;

create or replace temp table changed as
select told_on, number from around where is_there and not was_there
union
select told_on, number
from carried
where is_there and term in (select term from frequent where is_common <> was_common);

create or replace temp table rare as
select term, told_on, number, is_of_the_day, weight
from carried
where is_there and term not in (select term from frequent where is_common);

drop table carried;
drop table frequent;

create or replace temp table near (number bigint, other_number bigint)
