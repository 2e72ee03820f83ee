-- Articles that do not stand in the earlier release as they stand now.
from standing
anti join published.marts.fct_article using (
    article_key, document_id, story_key, night, version, copy_count, first_seen_at_utc
)
