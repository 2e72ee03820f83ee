-- What the speakers say of each key: of portion $portion of $portions, so that the memory does not grow with the night.
--
-- Adds to   weights (clause_hash, bodies, known, carried_by, least_chars, most_chars): of the keys that two speakers or more
--               carry how many do, how many did before this run, a digest of who does, and the least and the most that
--               the key stands for in one of them.
insert into weights
select
    clause_hash,
    count(*),
    count(*) filter (not is_new),
    bit_xor(hash(document_key)),
    min(clause_chars),
    max(clause_chars)
from spoken
where clause_hash & ($portions - 1) = $portion
group by clause_hash
having count(*) > 1
