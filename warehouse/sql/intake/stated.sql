-- What the first record of each of the documents of the frame `brought` (document_id) states beside its text: what `clean`
-- reads of a document and its id does not name.
--
-- Returns document_id, said.
select
    document_id,
    arg_min(
        (natural_id, format, encoding, author_field, outlet_field, section_field)::VARCHAR, (night, record_id)
    ) as said
from raw.documents
semi join brought using (document_id)
where not is_retraction
group by document_id
