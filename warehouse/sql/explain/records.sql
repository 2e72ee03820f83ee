-- The records an id, a key or a file name given by a person may mean ($id).
select *
from meta.ledger
where
    record_id = $id
    or document_id = $id
    or article_id = $id
    or file_name = $id
    or parse_filename(file_name) = $id
    or article_id in (select article_id from marts.fct_article where article_key::VARCHAR = $id)
order by night, file_name, record_ordinal
