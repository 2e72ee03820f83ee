-- By how much what is told of each entity and night differs from the earlier release: what articles that are written
-- anew say of it, less what those that go said.
with
mentions as (
    select articles.night, key_of_name(mentions.entity_id) as entity_key, 1 as articles, mentions.mention_count
    from core.mentions as mentions
    join fresh_articles as articles using (document_id)
    union all
    select articles.night, mentions.entity_key, -1, -mentions.mention_count
    from published.marts.fct_mention as mentions
    join (
        select article_key, night
        from published.marts.fct_article
        semi join gone_articles using (article_key)
    ) as articles using (article_key)
)

select
    date_key(night) as date_key,
    entity_key,
    sum(articles)::BIGINT as articles,
    sum(mention_count)::BIGINT as mentions
from mentions
group by all
having sum(articles) <> 0 or sum(mention_count) <> 0
