-- History of every article.
select
    key_of(article_id) as article_key,
    version,
    document_id,
    title_hans,
    char_count,
    change,
    valid_from_night,
    valid_to_night,
    is_current
from history
