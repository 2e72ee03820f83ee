-- 被转载的文章：谁先来，谁在转，隔了几夜？ / Articles that were copied: who brought them first, who repeated them, how many nights later?
with
arrivals as (
    select
        copies.article_key,
        copies.document_id,
        copies.night,
        copies.verdict,
        sources.source_id
    from marts.fct_copy as copies
    join marts.dim_source as sources using (source_key)
)

select
    articles.title_hans,
    articles.published_on,
    coalesce(articles.outlet, articles.agency) as outlet,
    arg_min(arrivals.source_id, (arrivals.night, arrivals.verdict <> 'original', arrivals.source_id)) as first_source,
    min(arrivals.night) as first_night,
    date_diff('day', min(arrivals.night), max(arrivals.night)) as nights_until_last_copy,
    articles.copy_count,
    string_agg(distinct arrivals.verdict, ',' order by arrivals.verdict)
        filter (where arrivals.verdict <> 'original') as kinds
from arrivals
join marts.fct_article as articles using (article_key)
where articles.copy_count > 0
group by all
order by articles.copy_count desc, articles.title_hans
