-- Attributed speech in the survivors, the speaker linked to the person of that name in the same article.
with
speakers as (
    select document_id, name_hans as speaker, entity_id
    from core.mentions
    where entity_type in ('person', 'organisation')
)

select
    articles.article_key,
    quotes.ordinal,
    quotes.speaker,
    coalesce(key_of_name(min(speakers.entity_id)), -1) as speaker_entity_key,
    quotes.verb,
    quotes.text,
    quotes.is_direct,
    quotes.start_offset,
    quotes.end_offset
from core.quotes as quotes
join fresh_articles as articles using (document_id)
left join speakers on speakers.document_id = quotes.document_id and speakers.speaker = quotes.speaker
group by all
