-- What each source brought in each night.
with
published as (
    select night, source_key, count(*) as articles, sum(char_count) as chars
    from published.marts.fct_article
    group by all
),

copied as (
    select night, source_key, count(*) as copies
    from published.marts.fct_copy
    where verdict <> 'original'
    group by all
),

held as (
    select night, key_of_name(source_id) as source_key, count(*) as quarantined
    from published.meta.ledger
    where fate in ('quarantined', 'rejected_file')
    group by all
)

select
    date_key(night) as date_key,
    source_key,
    coalesce(articles, 0) as articles,
    coalesce(copies, 0) as copies,
    coalesce(quarantined, 0) as quarantined,
    coalesce(chars, 0) as chars
from published
full join copied using (night, source_key)
full join held using (night, source_key)
