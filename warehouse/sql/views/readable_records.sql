-- Records that their reader could cut out of their file.
select records.*
from raw.records as records
where not exists (
    from ops.quarantine as held
    where held.stage = 'ingest' and held.record_id = records.record_id
)
