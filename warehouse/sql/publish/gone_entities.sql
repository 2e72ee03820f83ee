-- The entities that are described anew: those named by a document that has become an article or is one no more, and the
-- unknown one, which is written with every other.
--
-- An article that stands otherwise but is of the same document names whom it named. is_lost says that the earlier description
-- may rest on a document that went; where it does not, another mention can only add to it. Of the unknown one nobody says anything.
with
lost as (
    select article_key
    from published.marts.fct_article
    semi join gone_articles using (article_key)
    anti join standing using (document_id)
),

named as (
    select key_of_name(entity_id) as entity_key, false as is_lost
    from core.mentions
    semi join (from fresh_articles anti join published.marts.fct_article using (document_id)) using (document_id)
    union all
    select entity_key, true
    from published.marts.fct_mention
    semi join lost using (article_key)
)

select entity_key, bool_or(is_lost) as is_lost
from named
group by entity_key
union all
select -1, null
where exists (from named)
