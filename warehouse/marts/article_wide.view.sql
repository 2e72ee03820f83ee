-- One row per article, names instead of keys.
select
    articles.article_key,
    articles.article_id,
    articles.night,
    sources.source_id,
    sources.name_hans as source_name,
    stories.title_hans as story_title,
    articles.version,
    articles.title_hans,
    articles.title_hant,
    articles.title_original,
    articles.summary_hans,
    articles.body_hans,
    articles.script,
    articles.script_region,
    articles.script_origin,
    articles.published_on,
    articles.published_at_utc,
    articles.published_precision,
    articles.agency,
    articles.outlet,
    articles.author_line,
    articles.dateline_place,
    articles.section,
    articles.url,
    articles.char_count,
    articles.quality_score,
    articles.quality_flags,
    articles.copy_count,
    articles.first_seen_at_utc,
    (
        select string_agg(topics.name_hans, ',' order by bridge.weight desc, topics.name_hans)
        from marts.bridge_article_topic as bridge
        join marts.dim_topic as topics using (topic_key)
        where bridge.article_key = articles.article_key
    ) as topics,
    (
        select string_agg(keywords.keyword_hans, ',' order by keywords.rank)
        from marts.bridge_article_keyword as keywords
        where keywords.article_key = articles.article_key
    ) as keywords
from marts.fct_article as articles
join marts.dim_source as sources using (source_key)
join marts.dim_story as stories using (story_key)
