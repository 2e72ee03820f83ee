-- Quantities the survivors state.
select
    key_of(copies.article_id) as article_key,
    figures.* exclude (document_id)
from core.figures as figures
join core.articles as articles using (document_id)
join core.copies as copies using (document_id)
