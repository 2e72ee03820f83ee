-- From which later article to which the pairs that share a rare term come to about $pairs.
with
carriers as (
    select term, count(*) as articles from rare group by term
),

costs as (
    select number, sum(articles) as pairs
    from rare
    join carriers using (term)
    where is_of_the_day
    group by number
),

batches as (
    select number, sum(pairs) over (order by number) // $pairs as batch from costs
)

select min(number), max(number) from batches group by batch order by batch
