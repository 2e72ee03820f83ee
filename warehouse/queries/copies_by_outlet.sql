-- 各媒体的稿件有多大比例是别处已有的？ / What share of each outlet's documents are copies of an article another document stands for?
select
    coalesce(copies.outlet, sources.source_id) as outlet,
    count(*) as documents,
    count(*) filter (where copies.verdict <> 'original') as copies,
    round(avg((copies.verdict <> 'original')::INTEGER), 3) as copy_share,
    count(*) filter (where copies.verdict <> 'original' and articles.outlet is distinct from copies.outlet)
        as copies_of_another_outlet
from marts.fct_copy as copies
join marts.dim_source as sources on sources.source_key = copies.source_key
join marts.fct_article as articles using (article_key)
group by all
order by documents desc, outlet
