-- Who carries the keys that were asked for, in one look at all keys there are. Most keys stand in one document only: these
-- were left behind before (`asked`, `shared_keys`).
--
-- Fills   silent (document_key, speaker_key): the documents whose body another one has too, of a smaller id. It speaks for
--             all of them;
--         overtaken (document_key): those that spoke for a body until a smaller id came with this run;
--         spoken (clause_hash, document_key, clause_chars, night, is_new): the keys of those who speak, without known stock;
--         weights, empty: for `weighed.sql`.
create or replace temp table others as
select document_key, body_hash, clause_hash, clause_chars, night
from core.clauses
anti join turns using (document_key)
where clause_hash in (from asked);

insert into shared_keys
select distinct clause_hash from others;

-- Whoever shares a body shares all keys: where one of them is met, all are.
create or replace temp table silent as
with
bodies as (
    select document_key, body_hash
    from core.clauses
    semi join turns using (document_key, night)
    where clause_hash = body_hash and clause_hash in (from shared_keys)
    union
    select document_key, body_hash from others
),
speaking as (
    select body_hash, min(document_key) as speaker_key from bodies group by body_hash having count(*) > 1
)
select document_key, speaker_key
from bodies
inner join speaking using (body_hash)
where document_key > speaker_key;

create or replace temp table overtaken as
select others.document_key
from others
inner join silent using (document_key)
semi join turns on turns.document_key = speaker_key
where clause_hash = body_hash;

create or replace temp table spoken as
select clause_hash, document_key, clause_chars, night, true as is_new
from core.clauses
semi join (from turns anti join silent using (document_key)) as speaking using (document_key, night)
semi join shared_keys using (clause_hash);

insert into spoken
select clause_hash, document_key, clause_chars, night, false
from others
anti join silent using (document_key);

create or replace temp table weights (
    clause_hash bigint,
    bodies bigint,
    known bigint,
    carried_by ubigint,
    least_chars bigint,
    most_chars bigint
);

drop table others;
drop table asked;
drop table shared_keys;
drop table silent
