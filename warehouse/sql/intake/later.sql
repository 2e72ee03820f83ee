-- Files of source $source_id that a later night than $night brought first: those of the frame `seen_again`.
select
    source_id,
    file_name,
    file_sha256
from raw.files
semi join seen_again using (file_name, file_sha256)
where
    source_id = $source_id
    and night > $night
