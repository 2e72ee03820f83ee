-- The candidates a cluster found, one row per pair, with the chunk in which its turn comes.
create or replace temp table found (
    document_id varchar,
    other_document_id varchar,
    shared_chars bigint,
    shared_keys bigint,
    chunk_no bigint
)
