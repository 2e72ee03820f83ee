-- Forget that stage $stage has done earlier states of the units of chunk $n, and units of what is there no more.
--
-- Filled in `replaces`, the column that names what a row replaces, with which the name of a unit begins; `unit`, that of a
--         unit; `listed`, the table of units.
delete from ops.done
where
    stage = $stage
    and unit_id not in (select {unit} from {listed})
    and (
        split_part(unit_id, ':', 1) in (
            select {replaces}::VARCHAR
            from {listed}
            where {unit} in (select unit_id from pending where chunk_no = $n)
        )
        or split_part(unit_id, ':', 1) not in (select {replaces}::VARCHAR from {listed})
    )
