-- The reference data the stage $stage has worked under in which a seed table it reads was another one than today.
--
-- Reads   today (seed, sha256), the seed tables as they are; $seeds, the names of those the stage reads.
-- Returns reference_digest, each once.
--
-- Reference data nobody kept, or in which a seed table of today was missing, was another one too.
select distinct done.reference_digest
from (select distinct reference_digest from ops.done where stage = $stage) as done
where
    not exists (from ops.seeds as known where known.reference_digest = done.reference_digest)
    or exists (
        from ops.seeds as known
        join today using (seed)
        where known.reference_digest = done.reference_digest
            and known.sha256 <> today.sha256
            and list_contains($seeds, known.seed)
    )
    or exists (
        from today
        where list_contains($seeds, today.seed)
            and today.seed not in (
                select known.seed from ops.seeds as known where known.reference_digest = done.reference_digest
            )
    )
