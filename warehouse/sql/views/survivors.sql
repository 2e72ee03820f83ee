-- The document every article is published from, with the key of the article: worked out once an article.
select document_id, article_id, key_of(article_id) as article_key
from core.copies
where survivor_document_id = document_id and retracted_night is null
