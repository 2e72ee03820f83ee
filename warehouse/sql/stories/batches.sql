-- From which later article to which the pairs that share a rare term come to about $pairs, as one term in eight tells.
with
sample as materialized (
    select term, number, is_of_the_day from rare where term & 7 = 0
),

carriers as (
    select term, count(*) as articles from sample group by term
),

costs as (
    select number, sum(articles) * 8 as pairs
    from sample
    join carriers using (term)
    where is_of_the_day
    group by number
),

batches as (
    select number, sum(pairs) over (order by number) // $pairs as batch from costs
),

begun as (
    select 0 as first
    union
    select min(number) from batches where batch > 0 group by batch
)

select first, lead(first, 1, 4294967296) over (order by first) - 1 as last
from begun
order by first
