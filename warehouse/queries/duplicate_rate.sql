-- 各来源的稿件有多大比例是副本？ / What share of each source's accepted documents are copies, and of which kind?
select
    sources.source_id,
    count(*) as documents,
    count(*) filter (where copies.verdict <> 'original') as copies,
    round(avg((copies.verdict <> 'original')::INTEGER), 3) as copy_share,
    count(*) filter (where copies.verdict = 'exact') as exact,
    count(*) filter (where copies.verdict = 'cross_script') as cross_script,
    count(*) filter (where copies.verdict = 'near') as near,
    count(*) filter (where copies.verdict = 'truncated') as truncated
from marts.fct_copy as copies
join marts.dim_source as sources using (source_key)
group by sources.source_id
order by copy_share desc, sources.source_id
