-- Take out of `written` what earlier states of the units of chunk $n came to, and what belongs to no unit any more.
--
-- Filled in `replaces`, the column that names what a row replaces; `unit`, that of a unit; `listed`, the table of units.
delete from {written}
where
    {replaces} in (
        select {replaces}
        from {listed}
        where {unit} in (select unit_id from pending where chunk_no = $n)
    )
    or {replaces} not in (select {replaces} from {listed})
