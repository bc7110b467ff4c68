-- What a contract asks of a database as a whole.

-- name: row-level-security
-- Whether it is on, and forced on the owner.
select relrowsecurity, relforcerowsecurity
from pg_catalog.pg_class
where oid = pg_catalog.to_regclass(?)

-- name: readable-views
-- That a role may read, and whether each is materialized.
select n.nspname, c.relname, c.relkind = 'm'
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('v', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'boundary')
  and n.nspname !~ '^pg_(toast|temp)' and pg_catalog.has_table_privilege(?, c.oid, 'SELECT')
order by 1, 2
