-- Relations between different articles.
select
    key_of(article_id) as article_key,
    key_of(other_article_id) as other_article_key,
    relation,
    score,
    evidence
from core.relations
