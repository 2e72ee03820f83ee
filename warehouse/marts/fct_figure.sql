-- Quantities the survivors state.
select
    articles.article_key,
    figures.* exclude (document_id)
from core.figures as figures
join fresh_articles as articles using (document_id)
