-- A surrogate key is the first 60 bits of an identifier: signed BIGINT, never -1, the same on every machine.
create or replace macro key_of(identifier) as ('0x' || left(identifier, 15))::BIGINT;

-- The identifier a key was made of, without its last digit.
create or replace macro identifier_of(key) as lower(lpad(to_hex(key), 15, '0'));

create or replace macro key_of_name(name) as ('0x' || left(sha256(name), 15))::BIGINT;

create or replace macro date_key(day) as strftime(day, '%Y%m%d')::INTEGER;
