-- What the connected role may do with a table.

-- name: policies
with applying as (
  select p.polname from pg_catalog.pg_policy p
  where p.polrelid = ?::pg_catalog.oid and (0 = any (p.polroles)
    or exists (select from pg_catalog.unnest(p.polroles) r
      where r <> 0 and pg_catalog.pg_has_role(current_user, r, 'USAGE'))))
select pg_catalog.row_security_active(?::pg_catalog.oid),
  exists (select from applying where polname = 'boundary_tenant'),
  exists (select from applying where polname = 'boundary_floor'),
  exists (select from applying where polname = 'boundary_admin'),
  current_user::pg_catalog.text

-- name: privileges
-- DELETE is no privilege on columns: PostgreSQL would reject its name even where the result is not needed.
select pg_catalog.has_schema_privilege(c.relnamespace, 'USAGE'),
  pg_catalog.has_table_privilege(c.oid, w.privilege) or w.privilege <> 'DELETE' and not exists (
    select from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      and a.attgenerated = '' and not pg_catalog.has_column_privilege(c.oid, a.attnum,
        case w.privilege when 'DELETE' then 'SELECT' else w.privilege end)),
  current_user::pg_catalog.text
from pg_catalog.pg_class c
cross join (select ?::pg_catalog.text as privilege) w
where c.oid = ?::pg_catalog.oid
