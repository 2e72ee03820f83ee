-- 这篇文章删掉了什么，依据哪条规则？ / What was cut from an article, where, and which rule ordered it?
-- about: 听诊器
select
    articles.title_hans,
    removed.line_no,
    removed.category,
    removed.rule_id,
    removed.text
from marts.fct_article as articles
join meta.removed as removed using (document_id)
where contains(articles.title_hans, '听诊器')
    and removed.category <> 'whitespace'
order by articles.article_key, removed.start_offset, removed.ordinal
