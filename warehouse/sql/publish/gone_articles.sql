-- Articles of the earlier release that do not stand as they stood there.
select article_key
from published.marts.fct_article
anti join standing using (
    article_key, document_id, story_key, night, version, copy_count, first_seen_at_utc
)
