-- The entities that are described anew: those named by a document that has become an article or is one no more, and the
-- unknown one, which is written with every other.
--
-- is_lost says that the earlier description may rest on a document that went; where it does not, another mention can only
-- add to it. Of the unknown one nobody says anything.
with
named as (
    select key_of_name(entity_id) as entity_key, false as is_lost
    from core.mentions
    semi join fresh_texts using (document_id)
    union all
    select entity_key, true
    from published.marts.fct_mention
    semi join gone_texts using (article_key)
)

select entity_key, bool_or(is_lost) as is_lost
from named
group by entity_key
union all
select -1, null
where exists (from named)
