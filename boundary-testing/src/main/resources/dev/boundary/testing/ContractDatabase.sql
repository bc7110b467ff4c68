-- What to remove for a check of the query layer alone.

-- name: protected-tables
select pg_catalog.format('%I.%I', n.nspname, c.relname)
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relrowsecurity

-- name: grant-everything
grant select, insert, update, delete, truncate on ${table} to ${role}
