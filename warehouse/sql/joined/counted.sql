-- What compare/counted.sql fills, for a cluster that does the counting.
create or replace temp table counted (
    document_key bigint,
    other_document_key bigint,
    shared_chars bigint,
    shared_keys bigint,
    chunk_no bigint
)
