-- The documents of `back` (unit_id) are about to go. One that spoke for its body was compared for all that have the body:
-- these forget that they were compared, and the smallest id that is left will speak.
delete from ops.done
where stage = 'compare' and unit_id in (
    with
    leaving as materialized (
        select key_of(unit_id) as document_key from back
    ),
    bodies as materialized (
        select distinct body_hash from core.clauses semi join leaving using (document_key)
    ),
    sharing as materialized (
        select document_key
        from core.clauses
        semi join bodies using (body_hash)
        where clause_hash = body_hash
    )
    select document_id
    from core.canonical_documents
    where key_of(document_id) in (from sharing)
)
