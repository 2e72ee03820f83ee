-- Forget what differed in the files of the frame `drifted` when they were looked at before.
delete from ops.field_drift
where (source_id, file_name, file_sha256) in (select (source_id, file_name, file_sha256) from drifted)
