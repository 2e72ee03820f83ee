-- The newest articles, as a run shows them when it is done.
select
    title_hans as title,
    coalesce(outlet, agency) as outlet,
    published_on as published,
    script,
    copy_count as copies
from marts.fct_article
order by night desc, published_on desc nulls last, article_key
limit 25
