-- 清洗删掉了什么，依据哪些规则，各多少？ / What does cleaning cut, by which rules, in how many documents, and how much of it?
select
    removed.category,
    removed.rule_id,
    count(distinct removed.document_id) as documents,
    count(*) as spans,
    sum(removed.end_offset - removed.start_offset) as characters,
    replace(arg_max(left(removed.text, 40), (removed.text, removed.document_id)), chr(10), ' ') as for_example
from meta.removed as removed
where removed.category <> 'whitespace'
group by all
order by documents desc, removed.category, removed.rule_id
