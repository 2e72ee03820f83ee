-- marts.search(query): articles by BM25 over words, whatever script they or the query are in.
-- A word of the index counts when the query holds it and no longer word of the query swallows it; a query that holds
-- no word of the index is looked for as it stands.
create macro marts.search(query) as table
with
folded as (
    select translate(lower(query), $traditional, $simplified) as text
),

held as (
    select words.token, words.articles
    from marts.search_word as words, folded
    where contains(folded.text, words.token)
),

words as (
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

literal as (
    select articles.article_key, 0.0 as score
    from marts.fct_article as articles, folded
    where
        not exists (from words)
        and length(trim(folded.text)) > 0
        and (contains(lower(articles.title_hans), folded.text) or contains(lower(articles.body_hans), folded.text))
)

select article_key, score::DOUBLE as score
from ranked
union all
select article_key, score::DOUBLE
from literal
order by score desc, article_key
