-- What the articles of `near` share, weighed. One step after the other: as one statement it takes half as much again,
-- and in another order all articles of a day would meet all others.
--
-- Reads   articles, rare and near, as `rare.sql` tells of them; core.story_terms.
-- Fills   close (told_on, number, document_id, norm, other_number, other_document_id, other_norm, gap_days, product):
--             the pairs that share enough to make a link;
--         evidence (number, other_number, evidence): the terms these share, the heaviest first.
--
-- Weights are whole numbers, whose sums do not depend on the order of adding.
create or replace temp table norms as
select told_on, number, articles.document_id, articles.story_on, norm
from (select told_on, number, sum(weight * weight)::BIGINT as norm from rare group by all)
join articles using (number);

create or replace temp table shared as
with
sought as (
    select near.number, near.other_number, later.term, later.weight
    from near
    join rare as later on later.number = near.number and later.is_of_the_day
)

select sought.number, sought.other_number, sought.term, sought.weight * earlier.weight as strength
from sought
join rare as earlier on earlier.number = sought.other_number and earlier.term = sought.term;

create or replace temp table close as
with
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
)

select
    of_later.*,
    norms.document_id as other_document_id,
    datediff('day', norms.story_on, of_later.told_on) as gap_days,
    norms.norm as other_norm
from of_later
join norms on norms.told_on = of_later.told_on and norms.number = of_later.other_number
-- A score below .15 makes no link: most pairs end here.
where of_later.product >= 0.15 * sqrt(of_later.norm::DOUBLE * norms.norm::DOUBLE);

create or replace temp table evidence as
with
spelled as (
    select number, hash(told_on, terms.term) as term, terms.term as spelling
    from core.story_terms as terms
    join (select distinct told_on, document_id, number from close) as told using (document_id)
)

select number, other_number, string_agg(spelling, ',' order by strength desc, spelling) as evidence
from (
    from shared
    join spelled using (number, term)
    qualify row_number() over (partition by number, other_number order by strength desc, spelling) <= 6
)
group by all;

drop table norms;
drop table shared
