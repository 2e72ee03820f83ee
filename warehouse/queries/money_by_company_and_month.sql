-- 点名某公司的报道里，每月说到多少笔钱，最大一笔是多少？ / In articles with a company in the title: how many sums of money a month, and the largest?
select
    companies.name_hans as company,
    strftime(coalesce(articles.published_on, articles.night), '%Y-%m') as month,
    figures.unit as currency,
    count(distinct articles.article_key) as articles,
    count(*) as sums,
    max(figures.value) as largest,
    arg_max(figures.text, figures.value) as as_stated
from marts.fct_mention as mentions
join marts.dim_entity as companies using (entity_key)
join marts.fct_article as articles using (article_key)
join marts.fct_figure as figures using (article_key)
where companies.entity_subtype = 'company'
    and mentions.in_title
    and figures.kind = 'money'
    and figures.value is not null
    and not figures.is_suspect
group by all
order by month desc, company, currency
