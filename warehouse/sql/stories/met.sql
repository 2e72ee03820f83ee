-- The pairs of articles that share a rare term, once for each they share, of which one is to be compared with all others: for
-- the later ones from number $first to number $last.
--
-- Returns pair, the number of the later one times 2^32 and that of the other.
with
later as materialized (
    from rare where is_of_the_day and number between $first and $last
)

select (later.number << 32) + earlier.number as pair
from (from later semi join changed using (told_on, number)) as later
join rare as earlier using (term)
where earlier.number < later.number
union all
select (later.number << 32) + earlier.number
from (from rare semi join changed using (told_on, number)) as earlier
join (from later anti join changed using (told_on, number)) as later using (term)
where earlier.number < later.number
