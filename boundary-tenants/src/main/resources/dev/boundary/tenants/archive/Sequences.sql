-- The first parameter is the name of a sequence.

-- name: usage
select pg_catalog.has_sequence_privilege(?::pg_catalog.regclass, 'USAGE'), current_user::pg_catalog.text

-- name: next
select pg_catalog.nextval(?::pg_catalog.regclass) from pg_catalog.generate_series(1, ?)

-- name: definition
select seqincrement, seqmin, seqmax, pg_catalog.has_sequence_privilege(seqrelid, 'UPDATE')
from pg_catalog.pg_sequence where seqrelid = ?::pg_catalog.regclass

-- name: set
select pg_catalog.setval(?::pg_catalog.regclass, ?)

-- name: draw
select pg_catalog.max(pg_catalog.nextval(?::pg_catalog.regclass))
from pg_catalog.generate_series(1, ?::pg_catalog.int8)
