-- The stages $stages are about to forget what they held back: documents one of them raised on are taken up again from `clean`.
delete from ops.done
where stage = 'clean' and unit_id in (
    select document_id
    from ops.quarantine
    where reason_code = 'internal_fault' and list_contains($stages, stage)
)
