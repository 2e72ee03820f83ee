-- Every seed table that was another one when something stored was done, with its text at that time.
--
-- Reads   today (seed, sha256), the seed tables as they are.
-- Returns seed, text; by name.
select known.seed, texts.text
from (select distinct reference_digest from ops.done) as done
join ops.seeds as known using (reference_digest)
join today on today.seed = known.seed and today.sha256 <> known.sha256
join ops.seed_texts as texts on texts.sha256 = known.sha256
group by all
order by known.seed
