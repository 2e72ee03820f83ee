-- 什么被隔离，为什么，占来稿多少？ / What is held back, for which reasons, and what share of the records is that?
select
    ledger.source_id,
    ledger.fate,
    ledger.reason_code,
    count(*) as records,
    round(count(*) / (select count(*) from meta.ledger), 4) as share_of_all,
    min(ledger.file_name) as for_example
from meta.ledger as ledger
where ledger.fate in ('quarantined', 'rejected_file')
group by all
order by records desc, ledger.source_id, ledger.fate, ledger.reason_code
