-- marts.search_articles(query): marts.search under a name that is no keyword of the SQL parsers inside BI tools.
create macro marts.search_articles(query) as table
select article_key, score
from marts.search(query)
order by score desc, article_key
