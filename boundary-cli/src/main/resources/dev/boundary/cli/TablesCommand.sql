-- The tables of a database and whose rows they hold.

-- name: tables
-- Row-level security that is forced holds for the owner too.
select coalesce(n.nspname, r.schema_name)::text, coalesce(c.relname, r.table_name)::text, r.classification,
  r.tenant_column, r.child_columns, r.parent_schema, r.parent_table,
  case when c.oid is null then '' when c.relforcerowsecurity and c.relrowsecurity then 'forced'
    when c.relrowsecurity then 'enabled' else 'off' end,
  c.oid is not null
from (select c.* from pg_catalog.pg_class c
    where c.relkind in ('r', 'p', 'f') and c.relpersistence <> 't' and not c.relispartition
      and not exists (select from pg_catalog.pg_depend d
        where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = c.oid and d.deptype = 'e')) c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'boundary')
full join boundary.protected_table r on r.schema_name = n.nspname and r.table_name = c.relname
order by 1, 2
