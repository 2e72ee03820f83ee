-- The vocabulary of the word index.
select token, count(*) as articles
from published.marts.search_token
group by token
order by token
