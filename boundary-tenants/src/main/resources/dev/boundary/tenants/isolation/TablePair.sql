-- Rows of two tables, and sequences.

-- name: difference
select pg_catalog.count(*)
from ((${here} except all ${there}) union all (${there} except all ${here})) as different

-- name: next
select pg_catalog.nextval(seqrelid), seqincrement from pg_catalog.pg_sequence where seqrelid = ?::pg_catalog.regclass

-- name: draw
select pg_catalog.max(pg_catalog.nextval(?::pg_catalog.regclass))
from pg_catalog.generate_series(1, ?::pg_catalog.int8)
