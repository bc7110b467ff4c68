-- Through what statements may reach tenants' rows.

-- name: relations-and-functions
-- Of the user: not of PostgreSQL, Boundary or an extension.
select n.nspname, c.relname
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'f')
  and n.nspname not in ('pg_catalog', 'information_schema', 'boundary') and n.nspname !~ '^pg_(toast|temp)'
  and not exists (select from pg_catalog.pg_depend d where d.objid = c.oid and d.deptype = 'e')
union all
select n.nspname, p.proname
from pg_catalog.pg_proc p
join pg_catalog.pg_namespace n on n.oid = p.pronamespace
where n.nspname not in ('pg_catalog', 'information_schema', 'boundary')
  and p.prorettype <> 'pg_catalog.trigger'::pg_catalog.regtype
  and not exists (select from pg_catalog.pg_depend d where d.objid = p.oid and d.deptype = 'e')
