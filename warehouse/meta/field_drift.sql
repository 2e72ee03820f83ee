-- Fields that came unannounced or stayed away, counted.
with drifted as (
    select
        coalesce(
            files.night,
            (
                select min(held.night)
                from ops.quarantine as held
                where held.source_id = drift.source_id and held.file_name = drift.file_name
                    and held.file_sha256 = drift.file_sha256
            )
        ) as night,
        drift.*
    from ops.field_drift as drift
    left join raw.files as files using (source_id, file_name, file_sha256)
)

select night, source_id, kind, field, policy, sum(records)::BIGINT as records
from drifted
where night is not null
group by all
