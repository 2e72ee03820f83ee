-- Whether the stage $stage has any unit left to take up: asked first, since weighing units is dearer than finding none.
--
-- Filled in `unit`, the column that names a unit; `listed`, the table that lists the units; `wanted`, what must be said
--         of a unit to take it up.
select exists (
    select 1
    from {listed}
    where {unit} {wanted}
)
