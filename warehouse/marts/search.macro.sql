-- marts.search(query): articles by BM25 over words, whatever script they or the query are in.
-- A word of the index counts when the query holds it and no longer word of the query swallows it; a query that holds
-- no word of the index is looked for as it stands.
create macro marts.search(query) as table
with
folded as (
    select translate(lower(query), $traditional, $simplified) as text
),

held as materialized (
    select words.token, words.articles
    from marts.search_word as words, folded
    where contains(folded.text, words.token)
),

words as materialized (
    select held.token, held.articles
    from held
    where not exists (
        from held as longer
        where length(longer.token) > length(held.token) and contains(longer.token, held.token)
    )
),

corpus as (
    select count(*) as articles, avg(char_count) as length
    from marts.fct_article
),

ranked as (
    select
        tokens.article_key,
        sum(
            ln(1 + (corpus.articles - words.articles + 0.5) / (words.articles + 0.5))
            * tokens.occurrences * 2.2
            / (tokens.occurrences + 1.2 * (0.25 + 0.75 * articles.char_count / corpus.length))
        ) as score
    from words
    join marts.search_token as tokens using (token)
    join marts.fct_article as articles using (article_key)
    cross join corpus
    group by tokens.article_key
),

-- Bodies are read only if there is something to look for: a join with nothing reads nothing. Folding a body costs more
-- than reading it, and only letters need it.
unheld as materialized (
    select text, text <> upper(text) as has_letters, true as is_asked
    from folded
    where not exists (from words) and length(trim(text)) > 0
),

literal as (
    select articles.article_key, 0.0 as score
    from (select article_key, title_hans, body_hans, true as is_asked from marts.fct_article) as articles
    join unheld using (is_asked)
    where contains(lower(articles.title_hans), unheld.text)
        or contains(case when unheld.has_letters then lower(articles.body_hans) else articles.body_hans end, unheld.text)
)

select article_key, score::DOUBLE as score
from ranked
union all
select article_key, score::DOUBLE
from literal
order by score desc, article_key
