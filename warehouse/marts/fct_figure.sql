-- Quantities the survivors state.
select
    survivors.article_key,
    figures.* exclude (document_id)
from core.figures as figures
join core.survivors as survivors using (document_id)
