-- 哪个来源转载了哪个来源的文章？ / Which source repeats the articles of which other?
select
    originals.source_id as original_source,
    repeats.source_id as repeating_source,
    count(*) as copies,
    count(*) filter (where copies.script <> articles.script) as in_the_other_script,
    round(avg(copies.containment), 3) as mean_containment
from marts.fct_copy as copies
join marts.fct_article as articles using (article_key)
join marts.dim_source as originals on originals.source_key = articles.source_key
join marts.dim_source as repeats on repeats.source_key = copies.source_key
where copies.verdict <> 'original'
group by all
order by copies desc, original_source, repeating_source
