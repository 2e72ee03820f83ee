-- One shard of the keys that bring documents together: `carriers` from row $first to row $last, without stock keys.
select clause_hash, document_key, clause_chars, chunk_no
from carriers
where rowid between $first and $last and bodies <= getvariable('most_bodies')
