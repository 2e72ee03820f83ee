-- The articles of the earlier release that are of a document which is an article no more.
select article_key
from published.marts.fct_article
anti join standing using (document_id)
