-- Rejections of files that are not in the archive: they cannot be read again, so what was said of them stands.
select *
from ops.quarantine
semi join lost using (source_id, file_name, file_sha256)
where stage = 'ingest'
