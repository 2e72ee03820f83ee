-- 某样东西的价钱，各篇文章先后怎么说？ / What sums of money stand beside a word, article by article, in the order of time?
-- about: 贷款
select
    articles.published_on,
    figures.text,
    coalesce(figures.value, figures.value_min, figures.value_max) as value_or_bound,
    figures.qualifier,
    figures.unit,
    substr(articles.body_hans, greatest(figures.start_offset - 11, 1), 24) as in_context,
    articles.title_hans
from marts.fct_figure as figures
join marts.fct_article as articles using (article_key)
where figures.kind = 'money'
    and figures.where_found = 'body'
    and contains(substr(articles.body_hans, greatest(figures.start_offset - 11, 1), 24), '贷款')
order by articles.published_on, articles.article_key, figures.ordinal
