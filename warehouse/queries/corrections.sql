-- 哪些文章发布后又改过或撤回？ / Which articles were corrected, replaced or taken back after they were published?
select
    versions.article_key,
    versions.version,
    versions.change,
    versions.valid_from_night,
    versions.valid_to_night,
    versions.title_hans,
    versions.char_count - lag(versions.char_count) over history as more_characters
from marts.fct_article_version as versions
where versions.article_key in (select article_key from marts.fct_article_version where change <> 'new')
window history as (partition by versions.article_key order by versions.version)
order by versions.article_key, versions.version
